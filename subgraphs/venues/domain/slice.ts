import { badInput } from '../../platform/errors.ts';
import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant, Millis, TicketCount } from '../../platform/units.ts';
import type { Performance } from './catalogue.ts';
import { checkNumber } from './check-values.ts';
import type { TicketLine } from './lines.ts';
import { refuseProblems } from './problem.ts';

const mostPlaces: TicketCount = 200;
/** Most uses in one upload. */
export const mostEntries = 200;
/** How long a device works by itself at most: an evening with its way there. */
export const longestSliceMs: Millis = 12 * 3_600_000;
/** How far a device's clock may be off before its word for a moment is not taken. */
export const clockToleranceMs: Millis = 60_000;

const deviceIdForm = /^[\w-]{8,64}$/;

/** A device that asks for places to be used without a network. */
export interface SliceWish {
  readonly performanceId: string;
  readonly deviceId: string;
  readonly places: TicketCount;
}

/** 1 to 200 places for a device with a random id of 8 to 64 letters and digits. Throws BAD_INPUT. */
export function checkSlice({ deviceId, places }: SliceWish): void {
  refuseProblems(checkNumber(places, 'places', 1, mostPlaces));
  if (!deviceIdForm.test(deviceId)) {
    throw badInput('deviceId is 8 to 64 letters, digits, - or _, such as a UUID.', { field: 'deviceId' });
  }
}

/** A slice returns by itself when the performance ends, and after twelve hours at the latest. */
export function sliceExpiry({ endsAt }: Pick<Performance, 'endsAt'>, now: IsoInstant): IsoInstant {
  const latest = new Date(Date.parse(now) + longestSliceMs).toISOString();
  return endsAt < latest ? endsAt : latest;
}

/** The same text for the same wish. */
export function sliceText({ performanceId, deviceId, places }: SliceWish): string {
  return JSON.stringify(['reserveSlice', performanceId, deviceId, places]);
}

/** 1 to 200 uses. Throws BAD_INPUT. */
export function checkEntries(entries: readonly unknown[]): void {
  if (entries.length >= 1 && entries.length <= mostEntries) return;
  throw badInput(`An upload has 1 to ${mostEntries} uses.`, { uses: entries.length, most: mostEntries });
}

/**
 * The moment of an offline use as it is judged and recorded: not before its slice was opened and not to come. A clock that
 * is off by a minute is put right; what is further off is refused as USE_TIME_WRONG.
 */
export function judgeUseTime(
  at: IsoInstant,
  openedAt: IsoInstant,
  now: IsoInstant,
): IsoInstant | Refusal<'USE_TIME_WRONG'> {
  const [moment, first, last] = [Date.parse(at), Date.parse(openedAt), Date.parse(now)];
  if (!(moment >= first - clockToleranceMs && moment <= last + clockToleranceMs)) {
    return refuse('USE_TIME_WRONG', { at, openedAt, now });
  }
  return new Date(Math.min(Math.max(moment, first), last)).toISOString();
}

/**
 * What a use that came to a conflict was: the same text for the same use. The card is not in it, because what was shown
 * may have been unreadable, and a conflict remembers no card.
 */
export function conflictText(performanceId: string, lines: readonly TicketLine[], at: IsoInstant): string {
  const sorted = lines.map(({ type, count }) => `${type}:${count}`).sort();
  return JSON.stringify(['offlineConflict', performanceId, sorted, at]);
}
