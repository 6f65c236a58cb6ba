import { badInput } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';
import type { TicketCount } from '../../platform/units.ts';
import { checkCancelUntil } from './cancel.ts';
import { capFloor, mostTicketsForCap } from './cap.ts';
import type { NewPerformance } from './catalogue.ts';
import type { RedemptionWindow, TicketBasis } from './words.ts';

/** What a venue's new performances begin with; null: nothing said. What exists already stays as it is. */
export interface VenueDefaults {
  readonly cap: TicketCount | null;
  readonly redemptionWindow: RedemptionWindow | null;
  /** Only with DAYS_BEFORE. */
  readonly windowDays: number | null;
  readonly oncePerProduction: boolean | null;
  readonly ticketBasis: TicketBasis | null;
  /** Holders cancel until so many minutes before the start; null: until the end. */
  readonly cancelUntilMinutes: number | null;
}

export const noDefaults: VenueDefaults = {
  cap: null,
  redemptionWindow: null,
  windowDays: null,
  oncePerProduction: null,
  ticketBasis: null,
  cancelUntilMinutes: null,
};

const highestCap: TicketCount = 1_000_000;
const mostDays = 366;

/** Numbers that can be, and days with DAYS_BEFORE and nothing else. Throws BAD_INPUT. */
export function checkDefaults(defaults: VenueDefaults): void {
  const { cap, redemptionWindow, windowDays } = defaults;
  checkCancelUntil(defaults.cancelUntilMinutes);
  if (cap !== null && (!Number.isInteger(cap) || cap < 0 || cap > highestCap)) {
    throw badInput(`A cap is a whole number from 0 to ${highestCap}, or null for no cap.`);
  }
  if ((redemptionWindow === 'DAYS_BEFORE') !== (windowDays !== null)) {
    throw badInput('windowDays belongs to the window DAYS_BEFORE, and to no other.');
  }
  if (windowDays !== null && (!Number.isInteger(windowDays) || windowDays < 0 || windowDays > mostDays)) {
    throw badInput(`windowDays is a whole number from 0 to ${mostDays}.`, { most: mostDays });
  }
}

/**
 * A new performance with its venue's defaults where it says nothing itself: a cap that is left out (null is a wish: no cap),
 * a window that is left out, tickets without a basis. Where the floor binds, a default cap does not go under it.
 */
export function withDefaults(
  performance: NewPerformance,
  defaults: VenueDefaults,
  bindingPercent: number | null,
): NewPerformance {
  const { tickets, ticketBasis, redemptionWindow } = performance;
  const floor = bindingPercent === null || tickets === null ? 0 : capFloor(tickets, bindingPercent);
  const cap = defaults.cap === null ? null : Math.max(defaults.cap, floor);
  return {
    ...performance,
    cap: performance.cap === undefined ? cap : performance.cap,
    cancelUntilMinutes:
      performance.cancelUntilMinutes === undefined
        ? defaults.cancelUntilMinutes
        : performance.cancelUntilMinutes,
    ticketBasis: tickets !== null && ticketBasis === null ? defaults.ticketBasis : ticketBasis,
    ...(redemptionWindow === undefined
      ? { redemptionWindow: defaults.redemptionWindow, windowDays: defaults.windowDays }
      : {}),
  };
}

/** What a venue should know of a cap that every new performance gets: above how many tickets it breaks the floor. */
export function defaultCapWarning(cap: TicketCount, percent: number): Text {
  const most = mostTicketsForCap(cap, percent);
  return {
    fi: `Yläraja ${cap} alittaa ${percent} prosentin vähimmäismäärän esityksissä, joissa on yli ${most} lippua.`,
    sv: `Gränsen ${cap} underskrider minimigränsen på ${percent} procent i föreställningar med fler än ${most} biljetter.`,
    en: `A cap of ${cap} is under the floor of ${percent} % at performances with more than ${most} tickets.`,
  };
}
