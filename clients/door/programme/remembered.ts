import type { PerformanceSummary } from '../../shared/operations/performances.ts';
import { startOfDay } from '../../shared/time.ts';
import { remember, remembered } from '../remember.ts';

const storageKey = 'door-programme';

interface Remembered {
  readonly version: 1;
  readonly venueId: string;
  readonly heardAt: string;
  readonly performances: readonly PerformanceSummary[];
}

/** The programme of one venue, which is public, for a page that opens without a network. */
export function rememberProgramme(
  venueId: string,
  performances: readonly PerformanceSummary[],
  now = new Date(),
): void {
  const kept: Remembered = { version: 1, venueId, heardAt: now.toISOString(), performances };
  remember(storageKey, kept);
}

/** What of it is not over since yesterday. Null: nothing is known of this venue. */
export function rememberedProgramme(
  venueId: string,
  now = new Date(),
): { readonly heardAt: Date; readonly performances: readonly PerformanceSummary[] } | null {
  const kept = remembered(storageKey) as Partial<Remembered> | null;
  if (kept?.version !== 1 || kept.venueId !== venueId || !kept.performances) return null;
  const today = startOfDay(now).getTime();
  const performances = kept.performances.filter(
    ({ startsAt, endsAt }) => Date.parse(endsAt ?? startsAt) >= today,
  );
  return { heardAt: new Date(kept.heardAt ?? 0), performances };
}
