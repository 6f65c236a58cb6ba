import type { IsoInstant } from '../../platform/units.ts';
import type { Text } from '../../platform/text.ts';

/** What venues tell of a card's uses, for its own holder to read. It decides nothing: a client could forge it. */
export interface UseHistory {
  readonly uses: readonly {
    readonly recordedAt: IsoInstant;
    readonly status: string;
    readonly venue: Text;
    readonly title: Text;
    readonly startsAt: IsoInstant;
    readonly lines: readonly { readonly type: string; readonly count: number }[];
    /** What the holder said of it, 0 to 5 by category. */
    readonly stars?: Readonly<Record<string, number | null>> | null;
  }[];
  readonly more: boolean;
  readonly limits: readonly {
    readonly key: string;
    readonly venue: Text | null;
    readonly allowed: number;
    readonly used: number;
    readonly left: number;
  }[];
  /** Lines that the card stood in; venues of an older version do not tell. */
  readonly waiting?: readonly {
    readonly joinedAt: IsoInstant;
    readonly status: string;
    readonly venue: Text;
    readonly title: Text;
  }[];
}

/** The history in venues' JSON; null when there is none, or when it is not what venues send. */
export function readUseHistory(json: string | null | undefined): UseHistory | null {
  if (typeof json !== 'string') return null;
  try {
    const history = JSON.parse(json) as UseHistory;
    return isHistory(history) ? history : null;
  } catch {
    return null;
  }
}

function isHistory({ uses, limits, more, waiting = [] }: UseHistory): boolean {
  return (
    Array.isArray(uses) &&
    Array.isArray(limits) &&
    Array.isArray(waiting) &&
    typeof more === 'boolean' &&
    uses.every(
      ({ recordedAt, startsAt, status, venue, title, lines, stars = null }) =>
        [recordedAt, startsAt, status].every((text) => typeof text === 'string') &&
        !Number.isNaN(Date.parse(String(recordedAt))) &&
        isText(venue) &&
        isText(title) &&
        Array.isArray(lines) &&
        lines.every(({ type, count }) => typeof type === 'string' && Number.isInteger(count)) &&
        isStars(stars),
    ) &&
    waiting.every(
      ({ joinedAt, status, venue, title }) =>
        typeof status === 'string' &&
        !Number.isNaN(Date.parse(String(joinedAt))) &&
        isText(venue) &&
        isText(title),
    ) &&
    limits.every(
      ({ key, venue, allowed, used, left }) =>
        typeof key === 'string' &&
        (venue === null || isText(venue)) &&
        [allowed, used, left].every((number) => Number.isInteger(number)),
    )
  );
}

function isText(text: unknown): text is Text {
  if (typeof text !== 'object' || text === null) return false;
  return Object.values(text).every((value) => value === null || typeof value === 'string');
}

function isStars(stars: unknown): boolean {
  if (stars === null) return true;
  if (typeof stars !== 'object') return false;
  return Object.values(stars).every((value) => value === null || Number.isInteger(value));
}
