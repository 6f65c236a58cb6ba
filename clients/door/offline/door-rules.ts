import type { OfflineSlice } from '../../shared/operations/offline-door.ts';

/** One limit of the slice's performance with nobody's card. */
export type SliceRule = OfflineSlice['rules'][number];

/** What a device needs to know of a performance to decide alone. */
export interface DoorRules {
  /** True: nobody comes in whatever the time is. */
  readonly isClosed: boolean;
  /** Milliseconds since 1970; null: no bound. From the first one on, until before the second. */
  readonly opensAt: number | null;
  readonly closesAt: number | null;
  /** False at courses. */
  readonly children: boolean;
  readonly communityCards: boolean;
}

/** Limits with a moment in them, which is compared again for every guest. */
const windows = ['PERFORMANCE_OVER', 'REDEMPTION_WINDOW', 'ENROLMENT_WINDOW'];

/** The rules as they were when the slice was reserved; the server judges every use again when it is uploaded. */
export function doorRules(rules: readonly SliceRule[]): DoorRules {
  const named = (limit: string): SliceRule | undefined => rules.find((rule) => rule.limit === limit);
  const moments = (name: string): number[] =>
    rules
      .filter(({ limit }) => windows.includes(limit))
      .flatMap(({ facts }) => facts.filter((fact) => fact.name === name))
      .map(({ value }) => Date.parse(value))
      .filter((moment) => !Number.isNaN(moment));
  const [opening, closing] = [moments('opensAt'), moments('closedAt')];
  return {
    isClosed: named('PERFORMANCE_CANCELLED')?.passes === false,
    opensAt: opening.length > 0 ? Math.max(...opening) : null,
    closesAt: closing.length > 0 ? Math.min(...closing) : null,
    children: named('NO_CHILDREN_AT_COURSES') === undefined,
    communityCards: named('NO_COMMUNITY_CARDS_AT_COURSES') === undefined,
  };
}
