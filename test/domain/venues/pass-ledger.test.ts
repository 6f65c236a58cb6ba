import { describe, expect, it } from 'vitest';
import { genesisHash } from '../../../subgraphs/venues/domain/ledger.ts';
import {
  sealPassChange,
  verifyPass,
  type PassChange,
  type PassEntry,
  type PassState,
} from '../../../subgraphs/venues/domain/pass-ledger.ts';
import { sha256 } from '../../../subgraphs/venues/store/hash.ts';

type Step = Pick<PassChange, 'kind' | 'delta' | 'visitId'>;

const granted: Step = { kind: 'GRANTED', delta: 0, visitId: null };
const visited = (visitId: string): Step => ({ kind: 'VISITED', delta: 1, visitId });
const undone = (visitId: string): Step => ({ kind: 'UNDONE', delta: -1, visitId });
const takenBack: Step = { kind: 'TAKEN_BACK', delta: 0, visitId: null };

/** A chain that holds, whatever it says. */
function chain(...steps: readonly Step[]): PassEntry[] {
  const entries: PassEntry[] = [];
  let used = 0;
  for (const step of steps) {
    used += step.delta;
    const previousHash = entries.at(-1)?.hash ?? genesisHash;
    const sequence = entries.length + 1;
    const facts = { passId: 'p', visits: 30, expiresOn: '2027-01-20', at: '2026-11-22T10:00:00.000Z' };
    entries.push(sealPassChange({ ...facts, ...step, sequence, used, previousHash }, sha256));
  }
  return entries;
}

function codes(entries: readonly PassEntry[], changes: Partial<PassState> = {}): string[] {
  const head = entries.at(-1);
  const state: PassState = {
    visits: 30,
    used: head?.used ?? 0,
    expiresOn: '2027-01-20',
    sequence: head?.sequence ?? 0,
    headHash: head?.hash ?? genesisHash,
    status: head?.kind === 'TAKEN_BACK' ? 'CANCELLED' : 'VALID',
    ...changes,
  };
  const visits = new Map<string, boolean>();
  for (const { visitId, kind } of entries) if (visitId !== null) visits.set(visitId, kind === 'VISITED');
  const rows = [...visits].map(([id, valid]) => ({ id, valid }));
  return verifyPass(entries, state, rows, sha256).map(({ code }) => code);
}

describe('the ledger of a pass that was given by mistake', () => {
  it('is right when it was taken back without a visit, also after visits were undone', () => {
    expect(codes(chain(granted, takenBack))).toEqual([]);
    expect(codes(chain(granted, visited('v'), undone('v'), takenBack))).toEqual([]);
  });

  it.each([
    ['with a visit taken', chain(granted, visited('v'), takenBack)],
    ['twice', chain(granted, takenBack, takenBack)],
    ['and then used', chain(granted, takenBack, visited('v'))],
    ['before it was given', chain(takenBack)],
    ['for a visit', chain(granted, { ...takenBack, visitId: 'v' })],
  ])('cannot have been taken back %s', (_, entries) => {
    expect(codes(entries)).toContain('ENTRY_IMPOSSIBLE');
  });

  it('and the pass say the same of it', () => {
    expect(codes(chain(granted, takenBack), { status: 'VALID' })).toEqual(['PASS_DIFFERS']);
    expect(codes(chain(granted), { status: 'CANCELLED' })).toEqual(['PASS_DIFFERS']);
  });
});
