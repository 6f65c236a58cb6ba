import type { NormalAnswer } from './answers.ts';

/** An entity of the library such as `f3`, null, or a list of such. */
type Place = string | null | readonly Place[];

const number = (id: string): number => Number(id.slice(1));
const work = (index: number): string => `${index % 2 === 0 ? 'b' : 'f'}${index % 7}`;

/** What stands in the library's lists, and behind its single fields, as its resolvers say. */
const roots: Readonly<Record<string, Place>> = {
  reviewed: [work(2), null, work(3), work(1)],
  crowd: [['p0', 'p1'], null, ['p5', 'p6', 'p0']],
  persons: ['p0', 'p1', 'p2', 'p3'],
};
const fields: Readonly<Record<string, (id: string) => Place>> = {
  likes: (id) => [work(number(id)), work(number(id) + 1)],
  owns: (id) => [`b${number(id) % 7}`, `b${(number(id) + 1) % 7}`],
  book: (id) => `b${number(id)}`,
  self: (id) => id,
  lead: (id) => `p${number(id)}`,
  best: (id) => `p${(number(id) + 2) % 6}`,
};
const letters: Readonly<Record<string, string>> = { Book: 'b', Film: 'f', Person: 'p' };

/** Whether an error is at the entity that it is about; undefined where this file does not know what stands there. */
export function isInPlace(error: string): boolean | undefined {
  const [message, path] = JSON.parse(error) as [string, (string | number)[] | null];
  const [, id] = /^([bfp]\d)\./.exec(message) ?? [];
  const [, type = ''] = /field (?:(\w+)\.)?/.exec(message) ?? [];
  const letter = letters[type];
  const [root = '', ...rest] = (path ?? []).slice(0, -1);
  let place: Place | undefined = roots[nameOf(root)];
  for (const step of rest) {
    if (typeof step === 'number')
      place = Array.isArray(place) ? (place as readonly Place[])[step] : undefined;
    else place = typeof place === 'string' ? fields[nameOf(step)]?.(place) : undefined;
  }
  if (typeof place !== 'string') return place === null ? false : undefined;
  if (id !== undefined) return place === id;
  return letter === undefined ? undefined : place.startsWith(letter);
}

/** Of the errors that only one of two answers has, those of `answer`. */
export function onlyIn(answer: NormalAnswer, other: NormalAnswer): string[] {
  return answer.errors.filter((error) => !other.errors.includes(error));
}

/** The operations write aliases as the name of the field with a number. */
function nameOf(key: string | number): string {
  return String(key).replace(/_\d+$/, '');
}
