import type { Logger } from '../subgraphs/platform/logger.ts';
import type { Subgraph } from '../subgraphs/platform/subgraph.ts';

const hourMs = 3_600_000;

/** The demo season is made for the next 60 days: while the server runs, the days that come into it are added. */
export function goOn(subgraphs: readonly Subgraph[], logger: Logger): { close(): Promise<void> } {
  let loading = Promise.resolve();
  const timer = setInterval(() => {
    loading = (async () => {
      for (const subgraph of subgraphs) await subgraph.load();
    })().catch((error: unknown) => logger.error({ err: error }, 'the demo season was not continued'));
  }, hourMs);
  timer.unref();
  return {
    close() {
      clearInterval(timer);
      return loading;
    },
  };
}
