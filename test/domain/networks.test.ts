import { describe, expect, it } from 'vitest';
import { AppError } from '../../subgraphs/platform/errors.ts';
import type { Role, Viewer } from '../../subgraphs/platform/viewer.ts';
import { readFigure } from '../../subgraphs/networks/domain/figure.ts';
import { networkKey, readMunicipalityStatus } from '../../subgraphs/networks/domain/municipality.ts';
import { deriveLifecycle } from '../../subgraphs/networks/domain/network.ts';
import { may } from '../../subgraphs/networks/domain/policy.ts';
import {
  readRuleStatus,
  rulesInForce,
  rulesOfNetwork,
  type Rule,
} from '../../subgraphs/networks/domain/rule.ts';

describe('a network', () => {
  it('is PERMANENT as soon as one municipality uses the card', () => {
    expect(deriveLifecycle(['PILOT', 'IN_USE', 'INTERESTED'])).toBe('PERMANENT');
  });

  it('is a PILOT while its municipalities pilot or are about to', () => {
    expect(deriveLifecycle(['PILOT', 'PILOT_OR_COMING', 'INTERESTED'])).toBe('PILOT');
    expect(deriveLifecycle(['PILOT_OR_COMING'])).toBe('PILOT');
  });

  it('is INTERESTED when nobody has begun, and has LEFT when nobody belongs to it', () => {
    expect(deriveLifecycle(['INTERESTED'])).toBe('INTERESTED');
    expect(deriveLifecycle([])).toBe('LEFT');
  });

  it('is one per municipality in Pirkanmaa and for Haaparanta, else one per printed heading', () => {
    expect(networkKey('Nokia', 'Pirkanmaa')).toBe('Nokia');
    expect(networkKey('Haaparanta', 'Ruotsi')).toBe('Haaparanta');
    expect(networkKey('Kuopio', 'Pohjois-Savo')).toBe('Pohjois-Savo');
    expect(networkKey('Kerava', 'Vantaan ja Keravan hyvinvointialue')).toBe(
      'Vantaan ja Keravan hyvinvointialue',
    );
  });
});

describe('what a document prints', () => {
  it('is read as a status only when the words are known', () => {
    expect(readMunicipalityStatus('pilot_or_coming_2025')).toBe('PILOT_OR_COMING');
    expect(codeOf(() => readMunicipalityStatus('maybe'))).toBe('BAD_INPUT');
    expect(codeOf(() => readMunicipalityStatus('toString'))).toBe('BAD_INPUT');
  });

  it.each([
    ['in force', 'IN_FORCE'],
    ['newer text', 'IN_FORCE'],
    ['older text', 'SUPERSEDED'],
    ['contradiction', 'DISPUTED'],
    ['preliminary change', 'DRAFT'],
    ['preliminary change (floor also referred to as existing)', 'DRAFT'],
  ])('makes a rule that is "%s" %s', (printed, status) => {
    expect(readRuleStatus(printed)).toBe(status);
  });

  it('is refused with BAD_INPUT when nobody has said how to read a rule status', () => {
    expect(codeOf(() => readRuleStatus('in force soon'))).toBe('BAD_INPUT');
  });

  it('is a figure only when it is a number: a blank is not a zero', () => {
    expect(readFigure('31.5')).toBe(31.5);
    expect(readFigure('0')).toBe(0);
    for (const printed of ['', ' ', '1 297', '31,5', 'about 30', '1e3']) {
      expect(codeOf(() => readFigure(printed))).toBe('BAD_INPUT');
    }
  });
});

describe('the rules in force', () => {
  const today = '2026-11-22';

  it('leave out drafts, disputed and superseded texts', () => {
    const rules = (['DRAFT', 'DISPUTED', 'SUPERSEDED', 'IN_FORCE'] as const).map((status) =>
      rule({ status }),
    );
    expect(rulesInForce(rules, today, {}).map(({ status }) => status)).toEqual(['IN_FORCE']);
  });

  it('are those of the day, both ends included, and an unknown end is open', () => {
    const yearly = rule({ validFrom: '2026-01-01', validTo: '2026-12-31' });
    expect(rulesInForce([yearly], '2026-01-01', {})).toHaveLength(1);
    expect(rulesInForce([yearly], '2026-12-31', {})).toHaveLength(1);
    expect(rulesInForce([yearly], '2025-12-31', {})).toHaveLength(0);
    expect(rulesInForce([yearly], '2027-01-01', {})).toHaveLength(0);
    expect(rulesInForce([rule({})], '1999-01-01', {})).toHaveLength(1);
  });

  it('are a venue’s own before its network’s, its region’s and the nation’s', () => {
    const nation = rule({ value: 'nation' });
    const region = rule({ scope: 'REGION', scopeId: 'r', value: 'region' });
    const network = rule({ scope: 'NETWORK', scopeId: 'n', value: 'network' });
    const venue = rule({ scope: 'VENUE', scopeId: 'v', value: 'venue' });
    const rules = [venue, nation, network, region];
    const at = (scope: object): (string | null)[] =>
      rulesInForce(rules, today, scope).map(({ value }) => value);
    expect(at({ regionId: 'r', networkId: 'n', venueId: 'v' })).toEqual(['venue']);
    expect(at({ regionId: 'r', networkId: 'n', venueId: 'another' })).toEqual(['network']);
    expect(at({ regionId: 'r', networkId: 'another' })).toEqual(['region']);
    expect(at({ regionId: null })).toEqual(['nation']);
  });

  it('of one venue say nothing about another key, and two texts of one key and scope both stay', () => {
    const rules = [
      rule({ key: 'a', id: '1' }),
      rule({ key: 'a', id: '2' }),
      rule({ key: 'b', scope: 'VENUE', scopeId: 'v' }),
    ];
    expect(rulesInForce(rules, today, { venueId: 'v' })).toEqual(rules);
  });

  it('that a venue has replaced only for later still apply until then', () => {
    const later = rule({ scope: 'VENUE', scopeId: 'v', validFrom: '2027-01-01' });
    const nation = rule({});
    expect(rulesInForce([later, nation], today, { venueId: 'v' })).toEqual([nation]);
  });
});

it('a network sees the rules of the nation, its region, itself and its venues, of any status', () => {
  const reaching = [
    rule({}),
    rule({ scope: 'REGION', scopeId: 'r', status: 'SUPERSEDED' }),
    rule({ scope: 'NETWORK', scopeId: 'n', networkId: 'n' }),
    rule({ scope: 'VENUE', scopeId: 'v', networkId: 'n', status: 'DRAFT' }),
  ];
  const others = [
    rule({ scope: 'REGION', scopeId: 'another' }),
    rule({ scope: 'NETWORK', scopeId: 'another', networkId: 'another' }),
    rule({ scope: 'VENUE', scopeId: 'w', networkId: 'another' }),
  ];
  expect(rulesOfNetwork([...reaching, ...others], { id: 'n', regionIds: new Set(['r']) })).toEqual(reaching);
});

it('everybody may read networks, and only the national centre and the product itself may change them', () => {
  const viewers: Record<Role, Viewer> = {
    ANONYMOUS: { role: 'ANONYMOUS' },
    HOLDER: { role: 'HOLDER', cardId: 'c' },
    ISSUER_STAFF: { role: 'ISSUER_STAFF', issuerId: 'i' },
    VENUE_STAFF: { role: 'VENUE_STAFF', venueId: 'v' },
    COORDINATOR: { role: 'COORDINATOR', networkId: 'n' },
    NATIONAL: { role: 'NATIONAL' },
    DISPLAY: { role: 'DISPLAY', venueId: 'v' },
    PARTNER_APP: { role: 'PARTNER_APP', appId: 'a' },
    SYSTEM: { role: 'SYSTEM' },
  };
  for (const viewer of Object.values(viewers)) {
    const mayChange = viewer.role === 'NATIONAL' || viewer.role === 'SYSTEM';
    expect(may(viewer, 'read')).toBe(true);
    for (const action of ['registerArea', 'registerPartner', 'recordRule', 'recordFigure'] as const) {
      expect([viewer.role, action, may(viewer, action)]).toEqual([viewer.role, action, mayChange]);
    }
  }
});

function rule(facts: Partial<Rule>): Rule {
  return {
    id: '1',
    key: 'k',
    scope: 'NATION',
    scopeId: null,
    networkId: null,
    scopeName: 'national',
    statement: 'as printed',
    value: null,
    validFrom: null,
    validTo: null,
    status: 'IN_FORCE',
    statedWhen: null,
    source: 'test',
    ...facts,
  };
}

function codeOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}
