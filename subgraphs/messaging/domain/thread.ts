import type { Text } from '../../platform/text.ts';
import type { IsoInstant } from '../../platform/units.ts';

/** A conversation between a venue and a card holder about one redemption. */
export interface Thread {
  readonly id: string;
  readonly redemptionId: string;
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
