import type { JsonObject } from './json.ts';
import type { Represent } from './representations.ts';

/** Each entity once, with the objects in the data that it stands for. */
export interface AskedEntities {
  readonly representations: JsonObject[];
  readonly places: JsonObject[][];
}

/** What has to be asked for these objects; those of which too little is known are left out. */
export function askFor(targets: readonly JsonObject[], represent: Represent): AskedEntities {
  const representations: JsonObject[] = [];
  const places: JsonObject[][] = [];
  const known = targets.length > 1 ? new Map<string, JsonObject[]>() : undefined;
  for (const target of targets) {
    const representation = represent(target);
    if (!representation) continue;
    const key = known && keyOf(representation);
    const same = key === undefined ? undefined : known?.get(key);
    if (same) same.push(target);
    else {
      const place = [target];
      if (key !== undefined) known?.set(key, place);
      representations.push(representation);
      places.push(place);
    }
  }
  return { representations, places };
}

/** The same text for the same representation, and for no other: with lengths, because an id may hold any character. */
function keyOf(representation: JsonObject): string {
  let key = '';
  for (const name in representation) {
    const value = representation[name];
    key +=
      typeof value === 'string' ? `${name}:${value.length}:${value}` : `${name}=${JSON.stringify(value)}`;
  }
  return key;
}
