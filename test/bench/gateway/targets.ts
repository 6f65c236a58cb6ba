import { figure, table } from '../support/report.ts';
import { ratio } from './summary.ts';
import type { Sample } from './measure.ts';

interface Target {
  readonly query: string;
  /** The CPU per request of the first ÷ that of the second. */
  readonly of: readonly [dividend: string, divisor: string];
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Reached extends Target {
  readonly value: number;
  readonly met: boolean;
}

const targets: readonly Target[] = [
  { query: 'page', of: ['stock', 'ours'], atLeast: 35 },
  { query: 'page', of: ['stock', 'ours-http'], atLeast: 8 },
  { query: 'list', of: ['stock', 'ours'], atLeast: 10 },
  ...['page', 'list'].flatMap((query): Target[] => [
    { query, of: ['hive', 'ours-http'], atLeast: 1.2 },
    { query, of: ['mercurius', 'ours-http'], atLeast: 1.2 },
    { query, of: ['ours', 'single'], atMost: 1.2 },
  ]),
];

/** What was aimed at, for those variants that ran. */
export function reached(samplesOf: (query: string, variant: string) => readonly Sample[]): Reached[] {
  return targets.flatMap((target) => {
    const [dividend, divisor] = target.of.map((name) => samplesOf(target.query, name)) as [
      Sample[],
      Sample[],
    ];
    if (dividend.length === 0 || divisor.length === 0) return [];
    const value = ratio(dividend, divisor);
    const { atLeast = -Infinity, atMost = Infinity } = target;
    return [{ ...target, value, met: value >= atLeast && value <= atMost }];
  });
}

export function targetTable(rows: readonly Reached[]): string {
  return table(
    ['CPU per request', 'query', 'ratio', 'target', 'met'],
    rows.map(({ query, of, value, atLeast, atMost, met }) => [
      `${of[0]} ÷ ${of[1]}`,
      query,
      figure(value),
      atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`,
      met ? 'yes' : 'no',
    ]),
  );
}
