/** Most codes of one batch. */
export const maxBatchCodes = 500;
/** Cards on one sheet: a print service or an office printer takes it in one go, and making it keeps no door waiting. */
export const codesPerSheet = 50;

/** How many sheets a batch of this many codes has. */
export function sheetsOf(count: number): number {
  return Math.ceil(count / codesPerSheet);
}

/** The places of the codes on a sheet; the first sheet is 1. */
export function placesOnSheet(sheet: number): { readonly from: number; readonly to: number } {
  return { from: (sheet - 1) * codesPerSheet + 1, to: sheet * codesPerSheet };
}
