const rowsPerStatement = 500;

/** Rows in portions that stay far below either engine's limit of parameters in one statement. */
export function inChunks<Row>(rows: readonly Row[]): Row[][] {
  const chunks: Row[][] = [];
  for (let begin = 0; begin < rows.length; begin += rowsPerStatement) {
    chunks.push(rows.slice(begin, begin + rowsPerStatement));
  }
  return chunks;
}

/** The items by key, each group in the given order. */
export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
