import type { Text } from '../../platform/text.ts';
import type { IsoInstant } from '../../platform/units.ts';

export const threadSubjectKinds = ['REDEMPTION', 'WAITING_ENTRY'] as const;

/** What a thread is about, by its kind and the id that venues gave it. */
export interface ThreadSubject {
  readonly kind: (typeof threadSubjectKinds)[number];
  readonly id: string;
}

/** HOLDER: a notice to the holder alone. */
export type Audience = 'BOTH' | 'HOLDER';

/** A conversation between a venue and a card holder about one thing, or what the holder alone is told of it. */
export interface Thread {
  readonly id: string;
  readonly about: ThreadSubject;
  readonly audience: Audience;
  readonly venueId: string;
  /** Decides who may read it. Never shown: a venue does not learn which card it was. */
  readonly cardId: string;
  readonly subject: Text;
  readonly startedAt: IsoInstant;
}

/** Whose threads: a card's or a venue's. */
export type Side = { readonly cardId: string } | { readonly venueId: string };

export const messageSenders = ['SYSTEM', 'VENUE', 'HOLDER'] as const;

/** SYSTEM: the service itself tells both sides. */
export type MessageSender = (typeof messageSenders)[number];

export interface Message {
  readonly id: string;
  readonly threadId: string;
  readonly at: IsoInstant;
  readonly sender: MessageSender;
  readonly body: Text;
}

/** A message that an event caused: once per thread and cause. */
export interface CausedMessage extends Message {
  readonly cause: string;
}
