/** A thing that must be there, because something stored refers to it. */
export async function found<Thing>(loading: Promise<Thing | null>): Promise<Thing> {
  const thing = await loading;
  if (thing === null) throw new Error('Something stored refers to what is not there.');
  return thing;
}
