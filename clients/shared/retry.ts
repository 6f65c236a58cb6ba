/** Waiting time in milliseconds before try number `attempt` (from 0): doubles to the ceiling, half of it by chance so that a hundred screens do not return at once. */
export function backOffMs(attempt: number, chance: number, firstMs = 500, ceilingMs = 5_000): number {
  const full = Math.min(ceilingMs, firstMs * 2 ** Math.min(attempt, 16));
  return Math.round(full / 2 + (full / 2) * chance);
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
