import type { IsoInstant } from '../../platform/units.ts';
import type { LimitName } from '../domain/limits/index.ts';
import type { TicketLine } from '../domain/lines.ts';
import type { Override } from '../domain/override.ts';
import type { Presentation } from '../domain/presentation.ts';
import type { Admission } from '../domain/redeem.ts';
import type { Redemption } from '../domain/redemption.ts';
import type { DoorFacts } from './door-facts.ts';
import type { RequestKey } from './earlier-answer.ts';

/** What somebody at a door asks for one card, read and checked, before anything is stored. */
export interface Wish {
  readonly key: RequestKey;
  readonly facts: DoorFacts;
  readonly presentation: Presentation;
  readonly lines: readonly TicketLine[];
  readonly now: IsoInstant;
  readonly overrides: readonly Override[];
  readonly setAside: ReadonlySet<LimitName>;
  /** True: a unit asks for its holder, and learns nothing of the card's uses. */
  readonly onBehalf: boolean;
}

/** The redemption that an admitted wish becomes; `cardId` is the registration that its card stands for now. */
export function redemptionOf(
  { facts: { performance, offering }, presentation, lines, now }: Wish,
  { tickets, counted }: Admission,
  id: string,
  cardId: string,
): Redemption {
  return {
    kind: 'redemption',
    id,
    cardId,
    cardKind: presentation.cardKind,
    performanceId: performance.id,
    offeringId: offering.id,
    venueId: performance.venueId,
    lines,
    tickets,
    counted,
    status: 'VALID',
    recordedAt: now,
    cancelledAt: null,
    cancelledBy: null,
  };
}
