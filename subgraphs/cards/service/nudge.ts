import { localDate } from '../../platform/clock.ts';
import { forbidden } from '../../platform/errors.ts';
import { figureMaker, type Figure, type FigureScope } from '../domain/figure.ts';
import { bandOf, bands } from '../domain/nudge.ts';
import { policy } from '../domain/policy.ts';
import { suppressList, sumOf, type Counts } from '../domain/suppress.ts';
import { validCards } from '../store/figures.ts';
import type { CardsContext } from './context.ts';
import { readId } from './input.ts';

export interface UnusedBand {
  readonly fromDays: number;
  /** The last day of the band; null for the open one. */
  readonly toDays: number | null;
  readonly cards: Figure;
}

export interface UnusedCards {
  readonly cards: Figure;
  /** Of the cards that are valid today. */
  readonly share: Figure;
  readonly bands: readonly UnusedBand[];
}

/**
 * How many valid cards have never been used, and for how long, without a word of whose they are. A unit sees its own, a
 * coordinator and the national centre a network's with small numbers hidden. No list of units, so that no difference of two
 * lists tells what one of them hides. Throws BAD_INPUT and FORBIDDEN.
 */
export async function unusedCards(
  { services, viewer }: CardsContext,
  scope: Exclude<FigureScope, { kind: 'NATION' }>,
): Promise<UnusedCards> {
  const id = readId(scope.kind === 'ISSUER' ? 'issuerId' : 'networkId', scope.id);
  const own = policy.ownFigures(viewer, scope);
  if (!own && !(scope.kind === 'NETWORK' && policy.readFigures(viewer, scope, null))) throw forbidden();
  const now = services.clock.now();
  const today = localDate(now);
  const make = figureMaker(scope, now.toISOString());

  const counts: [unused: number, used: number][] = bands.map(() => [0, 0]);
  for (const { since, used, cards } of await validCards(services.database.reader, scope.kind, id, today)) {
    const band = counts[bandOf(since, today)];
    if (band) band[used ? 1 : 0] += cards;
  }
  const hidden = own ? null : suppressList(counts satisfies readonly Counts[]);
  const [unused = 0, used = 0] = sumOf(counts);
  const valid = unused + used;
  return {
    cards: make('waiting', today, unused, hidden?.totalHidden),
    share: make('waitingShare', today, valid > 0 ? unused / valid : null, hidden?.totalHidden),
    bands: bands.map(({ from, to }, at) => ({
      fromDays: from,
      toDays: to,
      cards: make('waiting', today, counts[at]?.[0] ?? 0, hidden?.hidden[at]),
    })),
  };
}
