import { localDate } from '../../platform/clock.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import { cardStatus, type Card, type CardKind } from './card.ts';
import type { CardRules } from './rules.ts';

export const ticketLineTypes = ['HOLDER', 'CHILD', 'ASSISTANT', 'COMMUNITY_WORKER'] as const;
export type TicketLineType = (typeof ticketLineTypes)[number];

/** Most tickets of each kind of line; a kind that is missing is not allowed. */
export type AllowedLines = Readonly<Partial<Record<TicketLineType, number>>>;

/** What a venue may learn of a valid card, and no more. */
export interface PresentationGrant {
  readonly cardId: string;
  readonly kind: CardKind;
  readonly lines: AllowedLines;
}

export const presentationRefusalCodes = [
  'CARD_CODE_MISTYPED',
  'CARD_UNKNOWN',
  'CARD_EXPIRED',
  'CARD_SUSPENDED',
  'PHONE_TOKEN_UNREADABLE',
  'PHONE_TOKEN_VERSION',
  'PHONE_TOKEN_EXPIRED',
  'TOKEN_ALREADY_SHOWN',
  'TOO_MANY_MISSES',
] as const;
export type PresentationRefusalCode = (typeof presentationRefusalCodes)[number];

export type CardRefusalCode = Extract<
  PresentationRefusalCode,
  'CARD_UNKNOWN' | 'CARD_EXPIRED' | 'CARD_SUSPENDED'
>;

/**
 * Decides what a card allows at a door. A personal card: its holder, as many children as the holder has own minor
 * children and grandchildren, an assistant. A community card: its worker, clients under 18 up to the rest of the group,
 * an assistant. Where the card was issued makes no difference (policy_rules.csv card.cross_region).
 *
 * Refuses CARD_UNKNOWN, CARD_SUSPENDED, CARD_EXPIRED with the last day (`validUntil`): never the issuer, the birth year
 * or a reason.
 */
export function present(
  card: Card | null,
  rules: CardRules,
  now: Date,
): PresentationGrant | Refusal<CardRefusalCode> {
  if (card === null || card.status === 'MERGED') return refuse('CARD_UNKNOWN');
  const status = cardStatus(card, localDate(now));
  if (status === 'SUSPENDED') return refuse('CARD_SUSPENDED');
  if (status === 'EXPIRED') return refuse('CARD_EXPIRED', { validUntil: card.validUntil });
  return { cardId: card.id, kind: card.kind, lines: allowedLines(card, rules) };
}

function allowedLines(card: Card, rules: CardRules): AllowedLines {
  const { children = 0, grandchildren = 0 } = card.holder ?? {};
  const childLine = toLine(childrenAllowed({ kind: card.kind, children, grandchildren }, rules));
  return card.kind === 'COMMUNITY'
    ? { COMMUNITY_WORKER: 1, ...childLine, ASSISTANT: 1 }
    : { HOLDER: 1, ...childLine, ASSISTANT: 1 };
}

/** Most CHILD tickets of a card: the holder's own children and grandchildren, or the rest of a community group. */
export function childrenAllowed(
  card: { readonly kind: CardKind; readonly children: number; readonly grandchildren: number },
  rules: CardRules,
): number {
  return card.kind === 'COMMUNITY'
    ? Math.max(rules.communityGroup.value - 1, 0)
    : card.children + card.grandchildren;
}

function toLine(children: number): AllowedLines {
  return children > 0 ? { CHILD: children } : {};
}
