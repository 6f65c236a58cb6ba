/** Something that this executor does not know; the stock one may. */
export class NotCompilable extends Error {}
