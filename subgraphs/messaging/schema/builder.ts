import { createBuilder, type BaseContext, type Builder } from '../../platform/graphql/index.ts';
import type { Mailbox } from '../service/mailbox.ts';

/** What a resolver of messaging finds in its context. */
export interface MessagingContext extends BaseContext {
  readonly mailbox: Mailbox;
}

export type MessagingBuilder = Builder<MessagingContext>;

export function messagingBuilder(): MessagingBuilder {
  return createBuilder<MessagingContext>();
}

/** An entity that venues own: here only its id is known, and nobody asks us for more. */
export function ownedByVenues(builder: MessagingBuilder, name: 'Venue' | 'Redemption') {
  const entity = builder
    .objectRef<{ id: string }>(name)
    .implement({ fields: (t) => ({ id: t.exposeID('id') }) });
  builder.asEntity(entity, {
    key: builder.keyDirective(builder.selection<{ id: string }>('id'), false),
    resolveReference: ({ id }) => ({ id }),
  });
  return entity;
}
