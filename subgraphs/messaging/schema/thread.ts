import { connection, listOf, pageArgs } from '../../platform/graphql/index.ts';
import { messageSenders, threadSubjectKinds, type Message, type Thread } from '../domain/thread.ts';
import { ownedByVenues, type MessagingBuilder } from './builder.ts';

export function addThread(builder: MessagingBuilder): void {
  const sender = builder.enumType('MessageSender', {
    description: 'SYSTEM: the service itself tells both sides.',
    values: messageSenders,
  });
  const subjectKind = builder.enumType('ThreadSubject', {
    description: 'WAITING_ENTRY: told to the holder alone.',
    values: threadSubjectKinds,
  });
  const message = builder.objectRef<Message>('Message').implement({
    fields: (t) => ({
      id: t.exposeID('id'),
      at: t.expose('at', { type: 'DateTime' }),
      sender: t.expose('sender', { type: sender }),
      body: t.expose('body', { type: 'Text' }),
    }),
  });
  const venue = ownedByVenues(builder, 'Venue');
  const redemption = ownedByVenues(builder, 'Redemption');
  const thread = builder.objectRef<Thread>('Thread').implement({
    description:
      'A conversation between a venue and a card holder about one redemption, or what the holder alone is told of an entry on a ' +
      'waiting list.',
    fields: (t) => ({
      id: t.exposeID('id'),
      subject: t.expose('subject', { type: 'Text' }),
      venue: t.field({ type: venue, resolve: ({ venueId }) => ({ id: venueId }) }),
      about: t.field({ type: subjectKind, resolve: ({ about }) => about.kind }),
      redemption: t.field({
        type: redemption,
        nullable: true,
        description: 'Null: it is about something else.',
        resolve: ({ about }) => (about.kind === 'REDEMPTION' ? { id: about.id } : null),
      }),
      waitingEntryId: t.id({
        nullable: true,
        description: 'Of the entry on a waiting list that it is about; null: it is about something else.',
        resolve: ({ about }) => (about.kind === 'WAITING_ENTRY' ? about.id : null),
      }),
      startedAt: t.expose('startedAt', { type: 'DateTime' }),
      messages: t.field({
        ...listOf(20),
        type: [message],
        description: 'Oldest first.',
        resolve: async (of, _args, { mailbox }) => [...(await mailbox.messages(of))],
      }),
    }),
  });
  builder.asEntity(thread, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { mailbox }) => mailbox.thread(id),
  });
  const threads = connection(builder, 'Thread', thread);
  builder.queryFields((t) => ({
    thread: t.field({
      type: thread,
      nullable: true,
      description: 'Null also when it is somebody else’s.',
      args: { id: t.arg.id({ required: true }) },
      resolve: (_root, { id }, { mailbox }) => mailbox.thread(id),
    }),
    threads: t.field({
      type: threads,
      description: 'Those of the viewer’s own card or venue, newest first.',
      args: pageArgs(t),
      resolve: (_root, args, { mailbox }) => mailbox.threads(args),
    }),
  }));
}
