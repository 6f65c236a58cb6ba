import { describe, expect, it } from 'vitest';
import { readTable } from '../../subgraphs/networks/documents/table.ts';
import { readAreas } from '../../subgraphs/networks/documents/areas.ts';
import { readFigures } from '../../subgraphs/networks/documents/figures.ts';
import {
  municipalityId,
  networkId,
  partnerId,
  regionId,
  venueId,
} from '../../subgraphs/networks/documents/ids.ts';
import { readPartners } from '../../subgraphs/networks/documents/partners.ts';
import { readPrintings } from '../../subgraphs/networks/documents/printings.ts';
import { readPolicyRules } from '../../subgraphs/networks/documents/rules.ts';
import type { Rule } from '../../subgraphs/networks/domain/rule.ts';

describe('the municipalities of the documents', () => {
  const { municipalities, networks, regions, counties } = readAreas();

  it('are 121: 60 in use, 36 pilot, 23 pilot or coming, 2 interested', () => {
    const count = (status: string): number => municipalities.filter((one) => one.status === status).length;
    expect(municipalities).toHaveLength(121);
    expect(['IN_USE', 'PILOT', 'PILOT_OR_COMING', 'INTERESTED'].map(count)).toEqual([60, 36, 23, 2]);
  });

  it('form 21 networks, each with a name, a region heading and an id of its own', () => {
    expect(networks).toHaveLength(21);
    expect(new Set(municipalities.map((one) => one.networkId))).toEqual(
      new Set(networks.map(({ id }) => id)),
    );
    expect(networks.filter(({ name }) => name.fi === null)).toEqual([]);
    const known = new Set(regions.map(({ id }) => id));
    expect(municipalities.filter((one) => !known.has(one.regionId))).toEqual([]);
  });

  it('keep headings that are no region and say which region is meant', () => {
    const printed = (name: string) => regions.find(({ printedAs }) => printedAs === name);
    for (const name of ['Keski-Uusimaa', 'Länsi-Uusimaa', 'Vantaan ja Keravan hyvinvointialue']) {
      expect(printed(name)).toMatchObject({
        kind: 'WELLBEING_SERVICES_COUNTY',
        officialRegionId: regionId('Uusimaa'),
      });
    }
    expect(printed('Ruotsi')).toMatchObject({ kind: 'ABROAD', officialRegionId: null });
  });

  it('have a wellbeing services county only where a document makes it known', () => {
    const countyOf = (name: string) => {
      const id = municipalities.find((one) => one.id === municipalityId(name))?.wellbeingServicesCountyId;
      return counties.find((county) => county.id === id)?.name.fi ?? null;
    };
    expect(countyOf('Kuopio')).toBe('Pohjois-Savon hyvinvointialue');
    expect(countyOf('Tampere')).toBe('Pirkanmaan hyvinvointialue');
    expect(countyOf('Kerava')).toBe('Vantaan ja Keravan hyvinvointialue');
    expect(countyOf('Oulu')).toBeNull();
  });

  it('have their Swedish name, or none rather than a guess', () => {
    const name = (fi: string) => municipalities.find((one) => one.id === municipalityId(fi))?.name;
    expect(name('Pietarsaari')).toEqual({ fi: 'Pietarsaari', sv: 'Jakobstad', en: null });
    expect(name('Evijärvi')).toEqual({ fi: 'Evijärvi', sv: null, en: null });
  });
});

describe('the partners of the documents', () => {
  const partners = readPartners();
  const of = (role: string, municipality: string) =>
    partners.filter((one) => one.role === role && one.municipalityId === municipalityId(municipality));

  it('are 48 issuers and 62 venues, each once', () => {
    expect(partners.filter(({ role }) => role === 'ISSUER')).toHaveLength(48);
    expect(partners.filter(({ role }) => role === 'VENUE')).toHaveLength(62);
    expect(new Set(partners.map(({ id }) => id)).size).toBe(110);
  });

  it('are in Kuopio 19 issuers from two lists and 15 venues', () => {
    expect(of('ISSUER', 'Kuopio')).toHaveLength(19);
    expect(of('VENUE', 'Kuopio')).toHaveLength(15);
  });

  it('keep every printed name: the preferred one or an alias with its basis', () => {
    for (const { role, municipality, printedAs } of readPrintings()) {
      const found = of(role, municipality).filter(
        ({ name, aliases }) => name === printedAs || aliases.some((alias) => alias.printedAs === printedAs),
      );
      expect([printedAs, found.length > 0]).toEqual([printedAs, true]);
    }
    const aliases = partners.flatMap((partner) => partner.aliases);
    expect(aliases).toHaveLength(readTable('partner_aliases', ['basis']).length);
    expect(aliases.filter(({ basis }) => basis === '')).toEqual([]);
  });

  it('are merged when one list says KUMMA and another the art museum, and the reading is marked as ours', () => {
    const museum = partners.find(({ id }) => id === partnerId('VENUE', 'Kuopio', 'Kuopio Taidemuseo'));
    expect(museum).toMatchObject({ aliases: [{ printedAs: 'KUMMA', inferred: true }] });
    expect(museum?.years.map(({ year }) => year)).toEqual([2024, 2025]);
  });

  it('take part in the years that documents show', () => {
    const years = (role: 'ISSUER' | 'VENUE', municipality: string, name: string) =>
      partners.find(({ id }) => id === partnerId(role, municipality, name))?.years.map(({ year }) => year);
    expect(years('ISSUER', 'Kuopio', 'TATU ry')).toEqual([2024, 2025]);
    expect(years('ISSUER', 'Kuopio', 'Elävä säätiö Kuopio')).toEqual([2025]);
    expect(years('VENUE', 'Nokia', 'Pirkan opisto')).toEqual([2024, 2025]);
    expect(years('VENUE', 'Tampere', 'Tampereen Komediateatteri')).toEqual([2024, 2026]);
    expect(years('VENUE', 'Kuhmo', 'Kuhmon Kamarimusiikki')).toEqual([2026]);
  });
});

describe('the rules of the documents', () => {
  const rules = readPolicyRules();
  const of = (key: string): Rule[] => rules.filter((rule) => rule.key === key);

  it('are 32, each with an id of its own, also where two share a key', () => {
    expect(rules).toHaveLength(32);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(32);
    expect(of('eligibility.min_age').map(({ value, status }) => [value, status])).toEqual([
      ['16', 'IN_FORCE'],
      ['16', 'IN_FORCE'],
    ]);
  });

  it('keep both age limits of children, the older one superseded', () => {
    expect(
      of('companion.child_max_age').map(({ value, status, scopeId }) => [value, status, scopeId]),
    ).toEqual([
      ['16', 'SUPERSEDED', regionId('Pohjois-Savo')],
      ['18', 'IN_FORCE', regionId('Pirkanmaa')],
    ]);
  });

  it('keep both scales of ratings as DISPUTED', () => {
    expect(of('rating.scale').map(({ status }) => status)).toEqual(['DISPUTED', 'DISPUTED']);
  });

  it('limit the orchestra to 20 and the theatre to the day of the performance, each for itself', () => {
    const pohjoisSavo = networkId('Pohjois-Savo');
    expect(of('cap.absolute')).toMatchObject([
      { value: '20', scope: 'VENUE', scopeId: venueId('Kuopion kaupunginorkesteri'), networkId: pohjoisSavo },
    ]);
    expect(of('redeem.window')).toMatchObject([
      {
        value: 'SAME_DAY',
        scope: 'VENUE',
        scopeId: venueId('Kuopion kaupunginteatteri'),
        networkId: pohjoisSavo,
      },
    ]);
  });

  it('have the floor of 3 per cent and the series of 30 visits as drafts', () => {
    expect(of('cap.floor_pct')).toMatchObject([
      { value: '3', status: 'DRAFT', scope: 'NATION', scopeId: null },
    ]);
    expect(of('swimming.series_card_min_visits')).toMatchObject([{ value: '30', status: 'DRAFT' }]);
  });

  it('never get a day of validity from the date of a document', () => {
    expect(rules.filter(({ validFrom, validTo }) => validFrom !== null || validTo !== null)).toEqual([]);
  });
});

describe('the published figures', () => {
  const figures = readFigures();
  const sum = (metric: string, period: string | null, national = false): number =>
    figures
      .filter(
        (one) => one.metric === metric && one.period === period && (one.partnerId === null) === national,
      )
      .reduce((total, one) => total + Number(one.printedValue), 0);
  const years = Array.from({ length: 9 }, (_, i) => String(2015 + i));
  const overYears = (metric: string): number =>
    years.reduce((total, year) => total + sum(metric, year, true), 0);

  it('have an id each', () => {
    expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length);
  });

  it('of Kuopio issuers sum to 1 888 cards in 2024 and 1 176 to August 2025', () => {
    expect(sum('cards_issued', '2024')).toBe(1888);
    expect(sum('cards_issued', '2025-01/2025-08')).toBe(1176);
  });

  it('of Kuopio venues sum to 3 276 uses in 2024, 2 635 to August 2025 and 258 without a year', () => {
    expect(sum('uses', '2024')).toBe(3276);
    expect(sum('uses', '2025-01/2025-08')).toBe(2635);
    expect(sum('uses', null)).toBe(258);
  });

  it('of the nation sum to 152 064 uses, 60 732 cards registered and 20 752 taken into use', () => {
    expect(overYears('uses_total')).toBe(152_064);
    expect(overYears('cards_registered')).toBe(60_732);
    expect(overYears('cards_taken_into_use')).toBe(20_752);
  });

  it('keep the stated total that disagrees with its own table', () => {
    expect(
      figures.find(({ metric, period }) => metric === 'cards_issued_kuopio' && period === '2025'),
    ).toMatchObject({
      printedValue: '1297',
      asOf: '2025-08-28',
    });
  });

  it('have no row for a blank cell', () => {
    expect(figures.filter(({ metric, period }) => metric === 'adult_education' && period === '2015')).toEqual(
      [],
    );
    expect(figures.filter(({ printedValue }) => printedValue === '')).toEqual([]);
  });
});
