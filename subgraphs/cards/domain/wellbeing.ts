/**
 * Fewest answers that are read together, and fewest by which two published results of one group differ.
 * Source: domain.md "Privacy and dignity" (pooled figures with a minimum group size); the issue says ten.
 */
export const leastAnswers = 10;

/** How often each answer was given. */
export type Histogram = readonly { readonly value: number; readonly answers: number }[];

/** How answers spread. Least and greatest are left out: they are one person's. */
export interface Spread {
  readonly answers: number;
  /** Points, rounded to hundredths. */
  readonly mean: number;
  readonly standardDeviation: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  /** Of changes: the share above nought, to hundredths. */
  readonly improved: number;
}

/** Null for fewer than ten answers: then nothing at all is said of them. */
export function spreadOf(histogram: Histogram): Spread | null {
  const sorted = histogram.filter(({ answers }) => answers > 0).toSorted((a, b) => a.value - b.value);
  const count = sorted.reduce((sum, { answers }) => sum + answers, 0);
  if (count < leastAnswers) return null;
  const mean = sorted.reduce((sum, { value, answers }) => sum + value * answers, 0) / count;
  const squares = sorted.reduce((sum, { value, answers }) => sum + answers * (value - mean) ** 2, 0);
  const at = (rank: number): number => {
    let seen = 0;
    for (const { value, answers } of sorted) {
      seen += answers;
      if (rank < seen) return value;
    }
    return sorted.at(-1)?.value ?? 0;
  };
  // Between two answers the middle is taken: the median of 4 and 5 is 4.5.
  const quantile = (share: number): number => {
    const place = (count - 1) * share;
    return (at(Math.floor(place)) + at(Math.ceil(place))) / 2;
  };
  const improved = sorted.reduce((sum, { value, answers }) => sum + (value > 0 ? answers : 0), 0);
  return {
    answers: count,
    mean: hundredths(mean),
    standardDeviation: hundredths(Math.sqrt(squares / (count - 1))),
    lowerQuartile: quantile(0.25),
    median: quantile(0.5),
    upperQuartile: quantile(0.75),
    improved: hundredths(improved / count),
  };
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
