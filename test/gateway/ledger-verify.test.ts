import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../gateway/config.ts';
import { readPart, saidOf } from '../../gateway/ledger-report.ts';

const clean = {
  performances: 2,
  sharedCaps: 1,
  passes: 1,
  feeYears: 1,
  entries: 5,
  faults: [],
  head: 'abc',
} as const;

describe('ledger:verify', () => {
  it.each([
    [[], {}],
    [['--performance', 'p1'], { performanceId: 'p1' }],
    [['--venue=v1'], { venueId: 'v1' }],
  ])('%j is understood', (words, part) => {
    expect(readPart(words)).toEqual(part);
  });

  it.each([
    [['--performence', 'p1']],
    [['--performance']],
    [['--performance', '']],
    [['p1']],
    [['--performance', 'p1', '--venue', 'v1']],
  ])('%j is not, and the answer says what would be', (words) => {
    expect(() => readPart(words)).toThrow(ConfigError);
    expect(() => readPart(words)).toThrow(/--performance <id> or --venue <id>/u);
  });

  it('ends with 0 and the hash of all ledgers when they are right', () => {
    const { lines, exitCode } = saidOf(clean);
    expect([exitCode, lines.at(-1)]).toEqual([0, 'Head abc']);
  });

  it('names each fault and ends with 1', () => {
    const fault = { venueId: 'v1', code: 'USED_WRONG', facts: { sequence: 2 } };
    const { lines, exitCode } = saidOf({
      ...clean,
      faults: [
        { ...fault, kind: 'PERFORMANCE', subjectId: 'p1' },
        { ...fault, kind: 'SHARED_CAP', subjectId: 's1' },
      ],
    });
    expect(exitCode).toBe(1);
    expect(lines.slice(0, 2)).toEqual([
      'USED_WRONG at performance p1: {"sequence":2}',
      'USED_WRONG at shared cap s1: {"sequence":2}',
    ]);
  });
});
