import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { issue, type Application } from '../../subgraphs/cards/domain/issue.ts';
import { rulesInForce, type CardRules } from '../../subgraphs/cards/domain/rules.ts';
import { validUntil } from '../../subgraphs/cards/domain/validity.ts';
import { addDays } from '../../subgraphs/platform/clock.ts';

const rules = rulesInForce([], '2026-11-22', null);
const issuer = { id: 'i1', networkId: 'n1', years: [2025, 2026] };
const noPilot = { value: null, rule: null };
const pilotTo = (end: string): CardRules => ({
  ...rules,
  pilotEnd: { value: end, rule: { key: 'card.pilot_end', since: null, source: 'pilot plan' } },
});
const born = (birthYear: number, issuedOn = '2026-11-22'): Application => ({
  kind: 'PERSONAL',
  issuedOn,
  holder: { birthYear, postcode: '70100', children: 0, grandchildren: 0 },
});

describe('a card is valid', () => {
  it('for twelve months including the day of issue', () => {
    expect(validUntil('2026-11-22', noPilot)).toBe('2027-11-21');
    expect(validUntil('2026-01-01', noPilot)).toBe('2026-12-31');
    expect(validUntil('2027-03-01', noPilot)).toBe('2028-02-29');
  });

  it('until 28 February when it was given on 29 February', () => {
    expect(validUntil('2028-02-29', noPilot)).toBe('2029-02-28');
  });

  it('for 365 or 366 days, whatever the day of issue', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (days) => {
        const issuedOn = addDays('2000-01-01', days);
        const last = validUntil(issuedOn, noPilot);
        expect([addDays(issuedOn, 364), addDays(issuedOn, 365)]).toContain(last);
      }),
    );
  });

  it("until the pilot's last day when that comes first", () => {
    expect(issue(born(1990), issuer, pilotTo('2027-05-31'))).toMatchObject({ validUntil: '2027-05-31' });
    expect(issue(born(1990), issuer, pilotTo('2028-05-31'))).toMatchObject({ validUntil: '2027-11-21' });
    expect(issue(born(1990), issuer, pilotTo('2026-11-22'))).toMatchObject({ validUntil: '2026-11-22' });
  });
});

describe('a card is given', () => {
  it('to whoever is 16 or turns 16 this year', () => {
    expect(issue(born(2010), issuer, rules)).toMatchObject({ kind: 'PERSONAL', issuedOn: '2026-11-22' });
  });

  it('to nobody who turns 16 next year: HOLDER_TOO_YOUNG', () => {
    expect(issue(born(2011), issuer, rules)).toMatchObject({
      code: 'HOLDER_TOO_YOUNG',
      facts: { minAge: 16 },
    });
  });

  it('by an issuer that takes part in the year of handover, else ISSUER_NOT_TAKING_PART', () => {
    expect(issue(born(1990, '2025-12-31'), issuer, rules)).toMatchObject({ validUntil: '2026-12-30' });
    expect(issue(born(1990, '2024-12-31'), issuer, rules)).toMatchObject({
      code: 'ISSUER_NOT_TAKING_PART',
      facts: { year: 2024 },
    });
    expect(issue(born(1990), null, rules)).toMatchObject({ code: 'ISSUER_NOT_TAKING_PART' });
  });

  it('to nobody after the pilot has ended: PILOT_ENDED with the rule', () => {
    expect(issue(born(1990), issuer, pilotTo('2026-11-21'))).toMatchObject({
      code: 'PILOT_ENDED',
      facts: { endedOn: '2026-11-21' },
      rule: { key: 'card.pilot_end', source: 'pilot plan' },
    });
  });

  it('to a community without asking anybody for an age', () => {
    expect(issue({ kind: 'COMMUNITY', issuedOn: '2026-11-22' }, issuer, rules)).toEqual({
      kind: 'COMMUNITY',
      issuedOn: '2026-11-22',
      validUntil: '2027-11-21',
      holder: null,
    });
  });
});
