/** Made-up data, the same in every process: what a field says depends on nothing but the number of its object. */
export interface PerformanceRow {
  readonly id: string;
  readonly title: string;
  readonly startsAt: string;
  readonly cap: number;
  readonly sold: number;
  readonly priceCents: number;
  readonly venue: VenueRow;
}

export interface VenueRow {
  readonly id: string;
  readonly name: string;
  readonly city: string;
  readonly network: { readonly id: string };
}

export interface CardKindRow {
  readonly id: string;
  readonly label: string;
  readonly network: { readonly id: string };
}

export interface NetworkRow {
  readonly id: string;
  readonly name: string;
  readonly discountPct: number;
}

export const performanceCount = 200;
const venueCount = 24;
const networkCount = 7;
const cities = ['Kuopio', 'Tampere', 'Oulu', 'Turku', 'Lahti'];

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

export const networks: readonly NetworkRow[] = numbers(networkCount).map((n) => ({
  id: `n${n}`,
  name: `Network ${n}`,
  discountPct: 10 + n,
}));

const venues: readonly VenueRow[] = numbers(venueCount).map((n) => ({
  id: `v${n}`,
  name: `Venue ${n}`,
  city: cities[n % cities.length] ?? '',
  network: { id: `n${n % networkCount}` },
}));

const cardKinds: readonly CardKindRow[] = numbers(networkCount).map((n) => ({
  id: `k${n}`,
  label: `Card of network ${n}`,
  network: { id: `n${n}` },
}));

export const performances: readonly PerformanceRow[] = numbers(performanceCount).map((n) => ({
  id: `p${n}`,
  title: `Evening number ${n}`,
  startsAt: `2026-11-${String(1 + (n % 30)).padStart(2, '0')}T19:00:00Z`,
  cap: 20 + (n % 11),
  sold: n % 17,
  priceCents: 1_000 + 50 * (n % 40),
  venue: pick(venues, n),
}));

export const performanceById = new Map(performances.map((row) => [row.id, row]));
export const networkById = new Map(networks.map((row) => [row.id, row]));

/** The performances from the `after`th on; at the end of the list it goes on at the beginning. */
export function page(first: number, after: number): PerformanceRow[] {
  return numbers(first).map((n) => pick(performances, after + n));
}

/** Two or three kinds of card are accepted at each performance. */
export function acceptedCards(performanceId: string): CardKindRow[] {
  const n = Number(performanceId.slice(1));
  return numbers(2 + (n % 2)).map((offset) => pick(cardKinds, n + offset));
}

export function placesLeft({ cap, sold }: { readonly cap: number; readonly sold: number }): number {
  return Math.max(0, cap - sold);
}

export function cardPriceCents(priceCents: number): number {
  return Math.round(priceCents * 0.4);
}

function pick<T>(rows: readonly T[], n: number): T {
  const row = rows[n % rows.length];
  if (row === undefined) throw new Error('There is no data.');
  return row;
}
