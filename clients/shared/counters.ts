/** Places of one performance as a counter told them. `null` in cap and remaining: the venue has set no cap. */
export interface CounterNumbers {
  readonly cap: number | null;
  readonly used: number;
  readonly remaining: number | null;
  /** Grows with every change of this performance's counter. */
  readonly sequence: number;
  readonly asOf: string;
}

/** The newest numbers of each performance; news that arrives late never turns a counter back. */
export class Counters {
  private readonly known: Map<string, CounterNumbers> = new Map();

  /** Takes the news in and returns the newest numbers, which are the known ones if the news is older. */
  take(performanceId: string, news: CounterNumbers): CounterNumbers {
    const known = this.known.get(performanceId);
    if (known && known.sequence > news.sequence) return known;
    this.known.set(performanceId, news);
    return news;
  }

  of(performanceId: string): CounterNumbers | undefined {
    return this.known.get(performanceId);
  }
}
