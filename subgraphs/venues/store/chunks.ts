const rowsPerStatement = 400;

/** Splits rows so that one statement stays under the engines' limit of bound values (PostgreSQL: 65 535). */
export function* inChunks<Row>(rows: readonly Row[], size = rowsPerStatement): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}
