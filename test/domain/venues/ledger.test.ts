import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalText,
  genesisHash,
  seal,
  verifyChain,
  verifyHolds,
  verifyRecount,
  type CounterState,
  type LedgerChange,
  type LedgerEntry,
} from '../../../subgraphs/venues/domain/ledger.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

type Step = Pick<LedgerChange, 'kind' | 'delta' | 'used' | 'cap' | 'redemptionId'> &
  Partial<Pick<LedgerChange, 'heldDelta' | 'held' | 'holdId'>>;

function chain(...steps: Step[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (const step of steps) {
    const change: LedgerChange = {
      performanceId: 'p1',
      sequence: entries.length + 1,
      at: '2026-11-22T10:00:00.000Z',
      previousHash: entries.at(-1)?.hash ?? genesisHash,
      heldDelta: 0,
      held: 0,
      holdId: null,
      ...step,
    };
    entries.push(seal(change, sha256));
  }
  return entries;
}

const capSet = (cap: number | null, used = 0): Step => ({
  kind: 'CAP_SET',
  delta: 0,
  used,
  cap,
  redemptionId: null,
});
const redeemed = (redemptionId: string, delta: number, used: number, cap: number | null = 3): Step => ({
  kind: 'REDEEMED',
  delta,
  used,
  cap,
  redemptionId,
});
const cancelled = (redemptionId: string, delta: number, used: number, cap: number | null = 3): Step => ({
  kind: 'CANCELLED',
  delta,
  used,
  cap,
  redemptionId,
});

function counterOf(entries: readonly LedgerEntry[]): CounterState {
  const head = entries.at(-1);
  if (!head) throw new Error('empty');
  return { cap: head.cap, used: head.used, held: head.held, sequence: head.sequence, headHash: head.hash };
}
const codes = (
  entries: readonly LedgerEntry[],
  counter: CounterState | null = counterOf(entries),
): string[] => verifyChain(entries, counter, sha256).map(({ code }) => code);

const good = chain(capSet(3), redeemed('a', 2, 2), redeemed('b', 1, 3), cancelled('a', -2, 1), capSet(1, 1));

describe('the cap ledger', () => {
  it('a chain that holds has no fault', () => {
    expect(codes(good)).toEqual([]);
  });

  it('any changed field of any entry is found', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: good.length - 1 }),
        fc.constantFrom('delta', 'used', 'cap', 'at', 'redemptionId', 'kind', 'hash', 'previousHash'),
        (index, field) => {
          const forged: Record<string, unknown> = {
            delta: 7,
            used: 7,
            cap: 7,
            at: '2020-01-01T00:00:00.000Z',
            redemptionId: 'x',
            kind: good[index]?.kind === 'CAP_SET' ? 'REDEEMED' : 'CAP_SET',
            hash: sha256('x'),
            previousHash: sha256('y'),
          };
          const entries = good.map((entry, i) =>
            i === index ? { ...entry, [field]: forged[field] } : entry,
          );
          expect(codes(entries, counterOf(good))).not.toEqual([]);
        },
      ),
    );
  });

  it.each([0, 1, 2, 3, 4])('entry %i taken out is found', (index) => {
    expect(
      codes(
        good.filter((_, i) => i !== index),
        counterOf(good),
      ),
    ).not.toEqual([]);
  });

  it('an oversell is found even when every hash is right', () => {
    expect(codes(chain(capSet(3), redeemed('a', 4, 4)))).toContain('OVER_CAP');
  });

  it('an assistant alone at a full performance is no oversell', () => {
    expect(codes(chain(capSet(1), redeemed('a', 1, 1, 1), redeemed('b', 0, 1, 1)))).toEqual([]);
  });

  it('a cap set below what is used is found', () => {
    expect(codes(chain(capSet(3), redeemed('a', 2, 2), capSet(1, 2)))).toContain('ENTRY_IMPOSSIBLE');
  });

  it('a counter that says something else is found', () => {
    expect(codes(good, { ...counterOf(good), used: 0 })).toEqual(['COUNTER_DIFFERS']);
    expect(codes(good, null)).toEqual(['COUNTER_MISSING']);
    expect(codes([], counterOf(good))).toEqual(['LEDGER_EMPTY']);
  });
});

describe('places that are held', () => {
  const held = (holdId: string, heldDelta: number, after: number, used = 0): Step => ({
    ...capSet(3, used),
    kind: heldDelta > 0 ? 'HELD' : 'RELEASED',
    heldDelta,
    held: after,
    holdId,
  });
  const used: Step = { ...redeemed('a', 2, 2), heldDelta: -1, held: 1, holdId: 'h' };
  const kept = chain(capSet(3), held('h', 2, 2), used, held('h', -1, 0, 2));

  it('are kept, used and given back without a fault', () => {
    expect(codes(kept)).toEqual([]);
    expect(verifyHolds(kept, [{ id: 'h', left: 0 }])).toEqual([]);
  });

  it('are part of what is hashed, and entries without them have the text they always had', () => {
    expect(codes(kept.map((entry, i) => (i === 2 ? { ...entry, holdId: 'other' } : entry)))).toContain(
      'ENTRY_CHANGED',
    );
    expect(codes(kept.map((entry, i) => (i === 1 ? { ...entry, held: 1 } : entry)))).toContain(
      'ENTRY_CHANGED',
    );
    expect(canonicalText(kept[0]!)).toBe(
      `["cap-ledger-1","p1",1,"CAP_SET",0,0,3,null,"2026-11-22T10:00:00.000Z","${genesisHash}"]`,
    );
  });

  it.each([
    ['more than the cap has', [capSet(3), held('h', 4, 4)], 'OVER_CAP'],
    [
      'beside what is used, more than the cap has',
      [capSet(3), redeemed('a', 2, 2), held('h', 2, 2, 2)],
      'OVER_CAP',
    ],
    ['by nobody', [capSet(3), { ...held('h', 1, 1), holdId: null }], 'ENTRY_IMPOSSIBLE'],
    ['as many as the sum does not say', [capSet(3), held('h', 1, 2)], 'HELD_WRONG'],
    ['fewer than none', [capSet(3), held('h', -1, -1)], 'HELD_WRONG'],
    [
      'and used as more than the redemption takes',
      [capSet(3), held('h', 2, 2), { ...redeemed('a', 1, 1), heldDelta: -2, held: 0, holdId: 'h' }],
      'ENTRY_IMPOSSIBLE',
    ],
    [
      'under a cap set below them',
      [capSet(3), held('h', 2, 2), { ...capSet(1), held: 2 }],
      'ENTRY_IMPOSSIBLE',
    ],
  ])('are found when they are kept %s', (_, steps, code) => {
    expect(codes(chain(...(steps as Step[])))).toContain(code);
  });

  it.each([
    [
      'a hold that the ledger does not know',
      [
        { id: 'h', left: 0 },
        { id: 'i', left: 1 },
      ],
    ],
    ['a ledger entry without its hold', []],
    ['a hold with more left than the ledger', [{ id: 'h', left: 1 }]],
  ])('are compared with the holds: %s', (_, holds) => {
    expect(verifyHolds(kept, holds).map(({ code }) => code)).toContain('HOLD_DIFFERS');
  });
});

describe('the recount of redemptions', () => {
  const rows = [
    { id: 'a', valid: false, counted: 2 },
    { id: 'b', valid: true, counted: 1 },
  ];

  it('agrees with a ledger that holds', () => {
    expect(verifyRecount(good, rows)).toEqual([]);
  });

  it.each([
    ['a redemption that the ledger does not know', [...rows, { id: 'c', valid: true, counted: 1 }]],
    ['a ledger entry without its redemption', rows.slice(1)],
    ['a redemption with more tickets than the ledger', [rows[0]!, { id: 'b', valid: true, counted: 2 }]],
    ['a cancel that only the redemption knows', [rows[0]!, { id: 'b', valid: false, counted: 1 }]],
  ])('finds %s', (_, redemptions) => {
    expect(verifyRecount(good, redemptions).map(({ code }) => code)).toContain('REDEMPTION_DIFFERS');
  });
});
