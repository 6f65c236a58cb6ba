import { parseArgs } from 'node:util';
import type { VerifiedReport } from '../subgraphs/venues/service/verify-everything.ts';
import type { VerifiedPart } from '../subgraphs/venues/service/verify-ledger.ts';
import { ConfigError } from './config.ts';

const usage =
  'The options are --performance <id> or --venue <id>, one of them; without any everything is recounted.';

/** The words after `npm run ledger:verify --`. Throws ConfigError. */
export function readPart(words: readonly string[]): VerifiedPart {
  const { performance, venue } = read(words);
  if (performance !== undefined && venue !== undefined) throw new ConfigError(usage);
  if (performance === '' || venue === '') throw new ConfigError(usage);
  return { performanceId: performance, venueId: venue };
}

function read(words: readonly string[]): { readonly performance?: string; readonly venue?: string } {
  try {
    const options = { performance: { type: 'string' }, venue: { type: 'string' } } as const;
    return parseArgs({ args: [...words], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    if (error instanceof TypeError) throw new ConfigError(`${error.message} ${usage}`);
    throw error;
  }
}

/** A line for each fault and one in the end; exit code 0: all is right, 1: something is not. */
export function saidOf(report: VerifiedReport): {
  readonly lines: readonly string[];
  readonly exitCode: 0 | 1;
} {
  const { performances, sharedCaps, passes, feeYears, entries, faults, head } = report;
  const counted =
    `${performances} performances recounted from their ledgers and from their redemptions, ${sharedCaps} shared caps and ` +
    `${passes} passes from theirs: ${entries} entries; ${feeYears} years of fees from their fees`;
  if (faults.length === 0) {
    const right = 'every counter is right, every chain whole, nothing ever went over its cap';
    return { lines: [`${counted}; ${right}.`, `Head ${head}`], exitCode: 0 };
  }
  const told = faults.map(
    ({ kind, subjectId, code, facts }) => `${code} at ${names[kind]} ${subjectId}: ${JSON.stringify(facts)}`,
  );
  return { lines: [...told, `${counted}; ${faults.length} faults.`], exitCode: 1 };
}

const names = {
  PERFORMANCE: 'performance',
  SHARED_CAP: 'shared cap',
  PASS: 'pass',
  FEE_BENEFIT: 'fee benefit',
} as const;
