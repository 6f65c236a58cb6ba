import { useEffect, useRef, useState } from 'preact/hooks';
import type { CounterNumbers } from '../../shared/counters.ts';
import { Counters } from '../../shared/counters.ts';
import { ask } from '../../shared/graphql/ask.ts';
import { watch } from '../../shared/graphql/live.ts';
import { venueCounters } from '../../shared/operations/counters.ts';
import type { PerformanceSummary } from '../../shared/operations/performances.ts';
import { venuePerformances } from '../../shared/operations/performances.ts';
import { backOffMs, wait } from '../../shared/retry.ts';
import { startOfDay } from '../../shared/time.ts';
import { staffHeaders } from '../identity.ts';
import { rememberedProgramme, rememberProgramme } from './remembered.ts';

const lookAheadMs = 14 * 86_400_000;
const reloadMs = 300_000;

export interface Programme {
  /** Absent until the first answer. */
  readonly performances: readonly PerformanceSummary[] | null;
  readonly live: boolean;
  /** When the live numbers were last known to be right. */
  readonly heardAt: Date | null;
  numbersOf(performanceId: string): CounterNumbers | undefined;
  /** Numbers that came with an answer, perhaps before the live feed tells them. */
  learn(performanceId: string, numbers: CounterNumbers): void;
}

/** A venue's programme with numbers that keep themselves fresh. */
export function useProgramme(venueId: string): Programme {
  const counters = useRef(new Counters()).current;
  const former = useRef(rememberedProgramme(venueId)).current;
  const [performances, setPerformances] = useState(former?.performances ?? null);
  const [link, setLink] = useState<{ live: boolean; heardAt: Date | null }>({
    live: true,
    heardAt: former?.heardAt ?? null,
  });
  const [, redraw] = useState(0);

  useEffect(() => {
    let left = false;
    const load = async () => {
      for (let attempt = 0; !left; attempt++) {
        const answer = await ask(venuePerformances, range(venueId, new Date()), {
          headers: staffHeaders(venueId),
        });
        if (left) return;
        if (answer.kind === 'data') {
          const { nodes } = answer.data.performances;
          for (const { id, capCounter } of nodes) counters.take(id, capCounter);
          setPerformances(nodes);
          rememberProgramme(venueId, nodes);
          return;
        }
        await wait(backOffMs(attempt, Math.random()));
      }
    };
    void load();
    const timer = setInterval(() => void load(), reloadMs);
    const feed = watch(
      venueCounters,
      { venueId },
      {
        news: ({ capCounter }) => {
          for (const news of capCounter) counters.take(news.performance.id, news);
          setPerformances((known) => known && withStatus(known, capCounter));
          setLink({ live: true, heardAt: new Date() });
        },
        alive: () => setLink((former) => (former.live ? { live: true, heardAt: new Date() } : former)),
        lost: () => setLink((former) => (former.live ? { ...former, live: false } : former)),
      },
    );
    return () => {
      left = true;
      clearInterval(timer);
      feed.stop();
    };
  }, [venueId]);

  return {
    performances,
    ...link,
    numbersOf: (id) => counters.of(id),
    learn: (id, numbers) => {
      counters.take(id, numbers);
      redraw((count) => count + 1);
    },
  };
}

function range(venueId: string, now: Date): { venueId: string; from: string; to: string } {
  return {
    venueId,
    from: startOfDay(now).toISOString(),
    to: new Date(now.getTime() + lookAheadMs).toISOString(),
  };
}

function withStatus(
  known: readonly PerformanceSummary[],
  news: readonly {
    readonly performance: { readonly id: string; readonly status: PerformanceSummary['status'] };
  }[],
): readonly PerformanceSummary[] {
  const statuses = new Map(news.map(({ performance }) => [performance.id, performance.status]));
  return known.map((one) => ({ ...one, status: statuses.get(one.id) ?? one.status }));
}
