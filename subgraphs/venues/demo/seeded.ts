/** A whole number from 0 to below `count`: the same for the same words, without chance (FNV-1a, 32 bits). */
export function seededNumber(count: number, ...words: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const character of words.join('\n')) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  // The lowest bits of FNV repeat; folding the upper half in spreads them.
  return ((hash ^ (hash >>> 15)) >>> 0) % count;
}

/** One of the items: the same for the same words. */
export function seededChoice<Item>(items: readonly [Item, ...Item[]], ...words: readonly string[]): Item {
  return items[seededNumber(items.length, ...words)] ?? items[0];
}
