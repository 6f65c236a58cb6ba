import { figure, table } from '../support/report.ts';
import { median } from '../support/statistics.ts';
import type { Sample } from './measure.ts';
import { variants } from './variants.ts';

export interface Summary extends Sample {
  readonly name: string;
  readonly title: string;
  /** How many times less CPU per request than stock; undefined when stock did not run. */
  readonly timesLessThanStock: number | undefined;
  /** CPU per request as a multiple of the single schema's; undefined when that did not run. */
  readonly ofSingleSchema: number | undefined;
}

/** Each column's median over the rounds, and how it stands to stock and to the single schema. */
export function summarise(
  measured: readonly { readonly name: string; readonly samples: readonly Sample[] }[],
): Summary[] {
  const samplesOf = (name: string): readonly Sample[] | undefined =>
    measured.find((entry) => entry.name === name)?.samples;
  const stock = samplesOf('stock');
  const single = samplesOf('single');
  return measured.map(({ name, samples }) => ({
    name,
    title: variants.find((variant) => variant.name === name)?.title ?? name,
    ...medianOf(samples),
    timesLessThanStock: stock && ratio(stock, samples),
    ofSingleSchema: single && ratio(samples, single),
  }));
}

/** CPU per request: the median of each round's own ratio. What slowed the machine down in one round slowed both. */
export function ratio(dividends: readonly Sample[], divisors: readonly Sample[]): number {
  return median(
    dividends.map((dividend, round) => dividend.cpuMicros / (divisors[round]?.cpuMicros ?? Number.NaN)),
  );
}

export function summaryTable(rows: readonly Summary[]): string {
  return table(
    [
      'variant',
      'CPU µs/req',
      '× less than stock',
      '× single schema',
      'req/s',
      'p50 ms',
      'p99 ms',
      'subgraph CPU µs/req',
      'RSS MB',
    ],
    rows.map((row) => [
      row.title,
      figure(row.cpuMicros),
      figure(row.timesLessThanStock ?? Number.NaN),
      figure(row.ofSingleSchema ?? Number.NaN),
      figure(row.requestsPerSecond),
      figure(row.p50Ms),
      figure(row.p99Ms),
      figure(row.subgraphCpuMicros),
      figure(row.rssMb),
    ]),
  );
}

function medianOf(samples: readonly Sample[]): Sample {
  const of = (pick: (sample: Sample) => number): number => median(samples.map(pick));
  return {
    requestsPerSecond: of((sample) => sample.requestsPerSecond),
    p50Ms: of((sample) => sample.p50Ms),
    p99Ms: of((sample) => sample.p99Ms),
    cpuMicros: of((sample) => sample.cpuMicros),
    subgraphCpuMicros: of((sample) => sample.subgraphCpuMicros),
    rssMb: of((sample) => sample.rssMb),
  };
}
