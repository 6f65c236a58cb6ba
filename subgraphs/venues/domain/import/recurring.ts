import ICAL from 'ical.js';
import { problem, type Problem } from '../problem.ts';

/** One date of an event. */
export interface Occurrence {
  readonly event: ICAL.Component;
  readonly startsAt: ICAL.Time | null;
  readonly endsAt: ICAL.Time | null;
  /** Which of a recurrence's dates; null: the event's only one. */
  readonly id: string | null;
}

/** As the parser gives it; its own types leave this one out. */
interface Details {
  readonly item: ICAL.Event;
  readonly startDate: ICAL.Time;
  readonly endDate: ICAL.Time;
  readonly recurrenceId: ICAL.Time;
}

export const mostOccurrences = 500;
/** What may take long to find out, or gives no day at all, is not asked of the parser. */
const plainParts: Readonly<Record<string, readonly string[]>> = {
  DAILY: ['BYDAY'],
  WEEKLY: ['BYDAY'],
  MONTHLY: ['BYDAY', 'BYMONTHDAY'],
};
const daysOfEveryMonth = 28;

/** Every date of an event, those that differ from the rule in their own words. */
export function occurrencesOf(
  component: ICAL.Component,
  exceptions: readonly ICAL.Component[],
): { readonly occurrences: readonly Occurrence[]; readonly problems: readonly Problem[] } {
  const event = new ICAL.Event(component, { exceptions: [...exceptions], strictExceptions: true });
  if (!event.isRecurring()) {
    const startsAt = event.startDate as ICAL.Time | null;
    const only = { event: component, startsAt, endsAt: startsAt && event.endDate, id: null };
    return { occurrences: [only], problems: [] };
  }
  const rules = component
    .getAllProperties('rrule')
    .map((each) => each.getFirstValue() as unknown as ICAL.Recur);
  if (rules.length > 1 || !rules.every(isPlain)) {
    return { occurrences: [], problems: [problem('UNSUPPORTED_RECURRENCE', 'RRULE')] };
  }
  const occurrences: Occurrence[] = [];
  const dates = event.iterator();
  for (let next = dates.next() as ICAL.Time | null; next; next = dates.next() as ICAL.Time | null) {
    if (occurrences.length === mostOccurrences) {
      return { occurrences, problems: [problem('RECURRENCE_CUT', 'RRULE', { most: mostOccurrences })] };
    }
    const { item, startDate, endDate, recurrenceId } = event.getOccurrenceDetails(next) as unknown as Details;
    occurrences.push({
      event: item.component,
      startsAt: startDate,
      endsAt: endDate,
      id: recurrenceId.toString(),
    });
  }
  return { occurrences, problems: occurrences.length === 0 ? [problem('NOTHING_IN_RULE', 'RRULE')] : [] };
}

/** Only rules that meet a day soon, whatever their parts: "every 7 days, on Mondays" from a Tuesday on never does. */
function isPlain(rule: ICAL.Recur): boolean {
  const { freq, interval } = rule;
  const allowed = plainParts[freq];
  if (!allowed || !(interval >= 1 && interval <= 52)) return false;
  const parts = rule.parts as Readonly<Record<string, readonly unknown[]>>;
  const names = Object.keys(parts);
  if (names.length > 1 || !names.every((name) => allowed.includes(name))) return false;
  if (freq === 'DAILY' && interval > 1 && names.length > 0) return false;
  const hasOrdinals = freq === 'MONTHLY';
  return (
    (parts['BYMONTHDAY'] ?? []).every((day) => Number(day) >= 1 && Number(day) <= daysOfEveryMonth) &&
    (parts['BYDAY'] ?? []).every((day) =>
      (hasOrdinals ? /^([+-]?[1-4])?(MO|TU|WE|TH|FR|SA|SU)$/ : /^(MO|TU|WE|TH|FR|SA|SU)$/).test(String(day)),
    )
  );
}
