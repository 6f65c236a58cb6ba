import type { LocalDate } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { cardStatus, type Card, type CardKind, type CardStatus, type HolderFacts } from '../domain/card.ts';
import { policy } from '../domain/policy.ts';
import type { CardsContext } from './context.ts';
import { isNoted } from './note-reading.ts';

/** A card as one viewer may see it: what is not theirs to read is null. */
export interface CardView {
  readonly id: string;
  readonly kind: CardKind;
  readonly status: CardStatus | null;
  readonly issuedOn: LocalDate | null;
  readonly validUntil: LocalDate | null;
  readonly holder: HolderFacts | null;
  /** JSON of venues, only where a field requires it; a client could forge it. */
  readonly useHistory?: string | null;
}

/** A card as a venue sees it: that it is one, and its kind. */
export function glimpse(id: string, kind: CardKind): CardView {
  return { id, kind, status: null, issuedOn: null, validUntil: null, holder: null };
}

/** The holder's facts of a card that this viewer may read. When staff reads them, it stands in the read log first. */
export async function holderOf(
  view: CardView,
  { viewer, loaders }: Pick<CardsContext, 'viewer' | 'loaders'>,
): Promise<HolderFacts | null> {
  if (view.holder !== null && isNoted(viewer)) await loaders.holderSeen.load(view.id);
  return view.holder;
}

/** Null for a viewer who may not even know that there is such a card. */
export function viewOfCard(viewer: Viewer, card: Card, today: LocalDate): CardView | null {
  if (!policy.seeCard(viewer, card)) return null;
  const { id, kind, issuedOn, validUntil, holder } = card;
  if (!policy.readCard(viewer, card)) return glimpse(id, kind);
  return { id, kind, issuedOn, validUntil, holder, status: cardStatus(card, today) };
}
