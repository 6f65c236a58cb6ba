/** Values of the two variables of a conditional query. */
export interface Given {
  readonly a: boolean;
  readonly b: boolean;
}

export interface ConditionalQuery {
  /** With @skip and @include. */
  readonly text: string;
  /** The same without them, with what they leave out taken away. */
  readonly kept: (given: Given) => string;
}

interface Part {
  /** Before its braces, or all of it. */
  readonly head: string;
  readonly directive: string;
  readonly holds: (given: Given) => boolean;
  readonly below?: readonly Part[];
}

const conditions: readonly (readonly [directive: string, holds: (given: Given) => boolean])[] = [
  ['', () => true],
  ['@include(if: $a)', ({ a }) => a],
  ['@skip(if: $b)', ({ b }) => !b],
  ['@include(if: $a) @skip(if: $b)', ({ a, b }) => a && !b],
  ['@skip(if: true)', () => false],
  ['@include(if: true)', () => true],
];

const trees = ['tree', 'trees', '...'] as const;
const insideTree = ['name', 'seed { grams }', 'leaves', 'next', '... on Tree', '...'] as const;

/** A random query over `tree`, `trees` and what is in a Tree, three deep, as the toys of the cost tests have them. */
export function conditionalQuery(random: () => number): ConditionalQuery {
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const parts = (heads: readonly string[], deeper: number): Part[] =>
    Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
      const head = one(heads);
      const [directive, holds] = one(conditions);
      const isLeaf = head === 'name' || head.startsWith('seed');
      // A fragment has the fields of what it stands in, a field those of a Tree.
      const inside = head === '...' ? heads : insideTree;
      const below = isLeaf ? undefined : deeper > 0 ? parts(inside, deeper - 1) : [];
      return { head, directive, holds, ...(below && { below }) };
    });
  const query = parts(trees, 3);
  return {
    text: `query ($a: Boolean!, $b: Boolean!) ${written(query, undefined)}`,
    kept: (given) => `query ${written(query, given)}`,
  };
}

function written(parts: readonly Part[], given: Given | undefined): string {
  const kept = given ? parts.filter(({ holds }) => holds(given)) : parts;
  const texts = kept.map(({ head, directive, below }) => {
    const own = given ? '' : directive;
    if (below) return `${head} ${own} ${written(below, given)}`;
    const [name, rest = ''] = head.split(/(?= \{)/);
    return `${name} ${own} ${rest}`;
  });
  // Nothing may be empty; this costs nothing.
  return `{ ${['__typename', ...texts].join(' ')} }`;
}
