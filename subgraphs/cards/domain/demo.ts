import { codeStartingWith, type CardCode } from './code.ts';
import type { CardKind, HolderFacts } from './card.ts';

/** A made-up card of the demo season. All days are counted back from the first load, so the demo works on any date. */
export interface DemoCard {
  /** Its number in the season, from 0: it gives the card's id and part of its code. */
  readonly index: number;
  readonly code: CardCode;
  readonly kind: CardKind;
  readonly issuerId: string;
  readonly issuedDaysAgo: number;
  readonly suspended: boolean;
  readonly holder: HolderFacts | null;
}

/** An issuer and the postcodes of its municipality. */
export interface DemoIssuer {
  readonly id: string;
  readonly postcodes: readonly string[];
}

/** How the code of every made-up card begins, so that nobody takes it for a real one. */
export const demoPrefix = 'DEM0';

const seed = 20_261_122;
const fillerLength = 4;
const fillerCharacters = Array.from('ABCDEFGHJKMNPQRSTVWXYZ23456789');

/** The cards with the numbers from `first` up to `end`: the same at every call with the same issuers and year. */
export function generateDemoCards(
  issuers: readonly DemoIssuer[],
  { first, end, thisYear }: { readonly first: number; readonly end: number; readonly thisYear: number },
): DemoCard[] {
  const chance = randomNumbers(seed);
  const cards: DemoCard[] = [];
  for (let index = first; index < end; index++) {
    const issuer = pick(issuers, chance);
    const community = chance() < 0.06;
    const expired = chance() < 0.08;
    cards.push({
      index,
      code: codeStartingWith(`${demoPrefix}${String(index).padStart(3, '0')}${filler(chance)}`),
      kind: community ? 'COMMUNITY' : 'PERSONAL',
      issuerId: issuer.id,
      issuedDaysAgo: expired ? whole(chance, 370, 700) : whole(chance, 0, 340),
      suspended: chance() < 0.02,
      holder: community ? null : madeUpHolder(issuer, thisYear, chance),
    });
  }
  return cards;
}

function madeUpHolder(issuer: DemoIssuer, thisYear: number, chance: () => number): HolderFacts {
  const age = whole(chance, 19, 84);
  return {
    birthYear: thisYear - age,
    postcode: pick(issuer.postcodes, chance),
    children: age < 58 && chance() < 0.45 ? whole(chance, 1, 4) : 0,
    grandchildren: age > 48 && chance() < 0.4 ? whole(chance, 1, 5) : 0,
  };
}

function filler(chance: () => number): string {
  return Array.from({ length: fillerLength }, () => pick(fillerCharacters, chance)).join('');
}

function whole(chance: () => number, least: number, most: number): number {
  return least + Math.floor(chance() * (most - least + 1));
}

function pick<Item>(items: readonly Item[], chance: () => number): Item {
  const item = items[Math.floor(chance() * items.length)];
  if (item === undefined) throw new RangeError('There is nothing to pick from.');
  return item;
}

/** Mulberry32: numbers from 0 to below 1, always the same ones for a seed. */
function randomNumbers(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
