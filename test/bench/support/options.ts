import { parseArgs } from 'node:util';

export interface BenchOptions<Count extends string> {
  /** How long one measurement takes. */
  readonly seconds: number;
  readonly rounds: number;
  /** Only what is called like this; everything when it is empty. */
  readonly only: readonly string[];
  /** Print one JSON object on the last line. */
  readonly json: boolean;
  readonly counts: Readonly<Record<Count, number>>;
}

interface Standard {
  readonly seconds: number;
  readonly rounds: number;
}

/**
 * What stands after `--` on the command line. `counts` are options of one bench alone, with their standard. Ends the
 * program with a sentence when something cannot be used.
 */
export function readOptions<Count extends string = never>(
  names: readonly string[],
  standard: Standard,
  counts: Readonly<Record<Count, number>> = {} as Record<Count, number>,
): BenchOptions<Count> {
  try {
    return parseOptions(names, standard, counts);
  } catch (error) {
    const numbers = ['seconds', 'rounds', ...Object.keys(counts)].map((name) => `--${name} <n>`).join(' ');
    console.error(error instanceof Error ? error.message : String(error));
    console.error(`Options: ${numbers} --only <${names.join('|')}>[,…] --json`);
    return process.exit(2);
  }
}

function parseOptions<Count extends string>(
  names: readonly string[],
  standard: Standard,
  counts: Readonly<Record<Count, number>>,
): BenchOptions<Count> {
  const own = Object.keys(counts) as Count[];
  const { values } = parseArgs({
    options: {
      ...Object.fromEntries(own.map((name) => [name, { type: 'string' as const }])),
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      only: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
    },
  });
  const given: Readonly<Record<string, unknown>> = values;
  const only = values.only.split(',').filter((name) => name !== '');
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`Nothing is called "${unknown}".`);
  const seconds = Number(values.seconds ?? standard.seconds);
  if (!(seconds > 0)) throw new Error('--seconds must be a number above 0.');
  const whole = (name: string, otherwise: number): number => {
    const value = Number(given[name] ?? otherwise);
    if (Number.isInteger(value) && value > 0) return value;
    throw new Error(`--${name} must be a whole number above 0.`);
  };
  const ownCounts = Object.fromEntries(own.map((name) => [name, whole(name, counts[name])]));
  return {
    seconds,
    rounds: whole('rounds', standard.rounds),
    only,
    json: values.json,
    counts: ownCounts as Record<Count, number>,
  };
}
