import { describe, expect, it } from 'vitest';
import { rulesInForce, type PublishedRule } from '../../subgraphs/cards/domain/rules.ts';

const rule = (change: Partial<PublishedRule>): PublishedRule => ({
  id: 'r1',
  key: 'eligibility.min_age',
  scope: 'NATION',
  scopeId: null,
  value: '16',
  status: 'IN_FORCE',
  validFrom: null,
  validTo: null,
  source: 'a document',
  ...change,
});
const day = '2026-11-22';

describe('the rules that cards decide by', () => {
  it('are the built-in ones, without a rule to name, where nothing was published', () => {
    expect(rulesInForce([], day, null)).toEqual({
      minAge: { value: 16, rule: null },
      communityGroup: { value: 5, rule: null },
      pilotEnd: { value: null, rule: null },
    });
  });

  it('come with their key, first day and source', () => {
    const { minAge } = rulesInForce([rule({ value: '15', validFrom: '2026-01-01' })], day, null);
    expect(minAge).toEqual({
      value: 15,
      rule: { key: 'eligibility.min_age', since: '2026-01-01', source: 'a document' },
    });
  });

  it('are never drafts, disputed or superseded ones', () => {
    const rules = ['DRAFT', 'DISPUTED', 'SUPERSEDED'].map((status) => rule({ status, value: '12' }));
    expect(rulesInForce(rules, day, null).minAge).toEqual({ value: 16, rule: null });
  });

  it('apply from their first to their last day, both included', () => {
    const dated = rule({ value: '15', validFrom: '2026-11-22', validTo: '2026-11-23' });
    const on = (at: string): number => rulesInForce([dated], at, null).minAge.value;
    expect([on('2026-11-21'), on('2026-11-22'), on('2026-11-23'), on('2026-11-24')]).toEqual([
      16, 15, 15, 16,
    ]);
  });

  it("are a network's own before the nation's, and only in that network", () => {
    const rules = [
      rule({ id: 'nation', value: '17', validFrom: '2026-06-01' }),
      rule({ id: 'network', scope: 'NETWORK', scopeId: 'n1', value: '15', validFrom: '2026-01-01' }),
    ];
    expect(rulesInForce(rules, day, 'n1').minAge.value).toBe(15);
    expect(rulesInForce(rules, day, 'n2').minAge.value).toBe(17);
    expect(rulesInForce(rules, day, null).minAge.value).toBe(17);
  });

  it('are the newest of several', () => {
    const rules = [
      rule({ id: 'a', value: '17', validFrom: '2025-01-01' }),
      rule({ id: 'b', value: '18', validFrom: '2026-01-01' }),
      rule({ id: 'c', value: '19', validFrom: null }),
    ];
    expect(rulesInForce(rules, day, null).minAge.value).toBe(18);
    expect(rulesInForce(rules.toReversed(), day, null).minAge.value).toBe(18);
  });

  it('pass over a statement that no machine can read', () => {
    const rules = [null, 'about sixteen', '', '-1', '1e3'].map((value) => rule({ value }));
    expect(rulesInForce(rules, day, null).minAge).toEqual({ value: 16, rule: null });
  });
});
