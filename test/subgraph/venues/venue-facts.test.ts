import { graphql } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import type { Subgraph } from '../../../subgraphs/platform/subgraph.ts';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import { openVenues } from '../../../subgraphs/venues/index.ts';
import { registerVenues } from '../../../subgraphs/venues/service/register-venues.ts';
import { engines } from '../../support/databases.ts';
import { newVenue, openStage, type Stage } from '../../store/venues/stage.ts';
import { ask, publishAs } from './graph.ts';

const fields = `kind name { fi sv } categories popUpPeriod popUpDates { from to } streetAddress postcode
  coordinates { latitude longitude } organisationEmail organisationPhone website description { en }
  accessibility { fact answer note { fi } } memberships { year network { id } } network { id } partner { id }`;
const update = `mutation ($input: UpdateVenueInput!) { updateVenue(input: $input) { ${fields} } }`;
const admit = `mutation ($input: AdmitPopUpInput!) { admitPopUp(input: $input) { kind network { id } } }`;

describe.each(engines)('what a venue says of itself, on $name', (engine) => {
  let stage: Stage;
  let subgraph: Subgraph;
  beforeEach(async () => {
    stage = await openStage(engine);
    subgraph = await openVenues(stage.options);
  });
  afterEach(async () => {
    await subgraph.close();
  });

  const change = async (input: object, viewer: Viewer = stage.staff, source = update) => {
    const answer = await graphql({
      schema: subgraph.schema,
      source,
      variableValues: { input: { venueId: stage.venueId, ...input } },
      contextValue: subgraph.context(viewer, 'test'),
    });
    const extensions = answer.errors?.[0]?.extensions as
      { code?: string; facts?: { problem?: string } } | undefined;
    return {
      data: Object.values(answer.data ?? {})[0],
      code: extensions?.code,
      problem: extensions?.facts?.problem,
    };
  };
  const shown = async (id: string): Promise<object> => {
    const { data } = await ask<{ venue: object }>(
      subgraph,
      `query ($id: ID!) { venue(id: $id) { ${fields} } }`,
      { id },
    );
    return data.venue;
  };

  it('of a venue that has said nothing, every fact of accessibility is unknown', async () => {
    expect(await shown(stage.venueId)).toMatchObject({
      categories: ['CULTURE'],
      popUpDates: null,
      coordinates: null,
      description: null,
      accessibility: ['STEP_FREE', 'HEARING_LOOP', 'CALM_HOURS', 'COMPANION_SEAT'].map((fact) => ({
        fact,
        answer: 'UNKNOWN',
        note: null,
      })),
      memberships: [],
    });
  });

  it('its staff says what it is; what is left out stays, null takes away', async () => {
    const first = await change({
      name: { fi: 'Uusi nimi', sv: 'Nytt namn' },
      categories: ['EDUCATION', 'CULTURE', 'EDUCATION'],
      streetAddress: 'Kauppakatu 1',
      postcode: '70100',
      latitude: 62.892983,
      longitude: 27.688935,
      organisationEmail: 'liput@example.org',
      organisationPhone: '+358 17 182 000',
      website: 'https://example.org',
      description: { en: 'A theatre.' },
      accessibility: [{ fact: 'CALM_HOURS', answer: 'YES', note: { fi: 'Tiistaisin' } }],
    });
    expect(first.code).toBeUndefined();
    expect(
      (await change({ postcode: null, popUpFrom: '2026-12-01', popUpTo: '2027-01-31' })).code,
    ).toBeUndefined();
    expect(await shown(stage.venueId)).toMatchObject({
      name: { fi: 'Uusi nimi' },
      categories: ['EDUCATION', 'CULTURE'],
      popUpDates: { from: '2026-12-01', to: '2027-01-31' },
      streetAddress: 'Kauppakatu 1',
      postcode: null,
      coordinates: { latitude: 62.892983, longitude: 27.688935 },
      organisationEmail: 'liput@example.org',
      description: { en: 'A theatre.' },
      accessibility: [
        { answer: 'UNKNOWN' },
        { answer: 'UNKNOWN' },
        { answer: 'YES', note: { fi: 'Tiistaisin' } },
        { answer: 'UNKNOWN' },
      ],
    });
    const found = await ask<{ venues: object }>(subgraph, `{ venues(search: "uusi") { totalCount } }`);
    expect(found.data).toEqual({ venues: { totalCount: 1 } });
  });

  it('its staff, the coordinator of its network and the national centre write it, and nobody else', async () => {
    const allowed: Viewer[] = [
      stage.staff,
      { role: 'COORDINATOR', networkId: 'pohjois-savo' },
      { role: 'NATIONAL' },
    ];
    for (const viewer of allowed) expect((await change({ postcode: '70100' }, viewer)).code).toBeUndefined();
    const others: Viewer[] = [
      stage.otherStaff,
      { role: 'COORDINATOR', networkId: 'kainuu' },
      { role: 'ISSUER_STAFF', issuerId: 'i' },
      { role: 'HOLDER', cardId: 'c' },
      { role: 'ANONYMOUS' },
    ];
    for (const viewer of others) expect((await change({ postcode: '70100' }, viewer)).code).toBe('FORBIDDEN');
    expect((await change({ venueId: 'none' })).code).toBe('NOT_FOUND');
    expect((await change({ venueId: 'none' }, { role: 'ANONYMOUS' })).code).toBe('FORBIDDEN');
  });

  it.each([
    ['MISSING', { name: { fi: '' } }],
    ['TOO_LONG', { streetAddress: 'x'.repeat(201) }],
    ['NOT_A_NUMBER', { postcode: 'seven' }],
    ['MISSING', { latitude: 62.9 }],
    ['OUT_OF_RANGE', { latitude: 91, longitude: 27 }],
    ['NOT_AN_EMAIL', { organisationEmail: 'liput' }],
    ['NOT_A_PHONE', { organisationPhone: 'call us' }],
    ['NOT_HTTPS', { website: 'http://example.org' }],
    ['ENDS_BEFORE_START', { popUpFrom: '2027-01-02', popUpTo: '2027-01-01' }],
    ['TOO_MANY', { accessibility: ['YES', 'NO'].map((answer) => ({ fact: 'STEP_FREE', answer })) }],
  ])('%s is BAD_INPUT with its code', async (problem, input) => {
    expect(await change(input)).toMatchObject({ code: 'BAD_INPUT', problem });
  });

  const partner = (name: string, changes: object = {}): { topic: string; payload: object } => ({
    topic: 'partner.registered',
    payload: {
      partnerId: 'p',
      role: 'VENUE',
      name,
      kind: 'museum',
      municipalityId: 'vantaa',
      networkId: 'vantaa',
      years: [2026, 2027],
      ...changes,
    },
  });

  it('a pop-up becomes an ordinary venue when networks registers it as a partner, with its years', async () => {
    const id = newId();
    const popUp = {
      kind: 'POP_UP',
      municipalityId: null,
      networkId: null,
      partnerId: null,
      locality: 'Vantaa',
      popUpPeriod: '2024-2025',
    } as const;
    await registerVenues(stage.database, [
      newVenue(id, { ...popUp, name: { fi: 'Tiedekeskus', sv: null, en: null } }),
    ]);
    // The door follows cards too: caught up needs its log to be there.
    await publishAs('cards', stage.options.location, stage.options, []);
    subgraph.start();
    await publishAs('networks', stage.options.location, stage.options, [
      partner('Toinen keskus'),
      partner('Tiedekeskus', { role: 'ISSUER' }),
    ]);
    await subgraph.caughtUp();
    expect(await shown(id)).toMatchObject({ kind: 'POP_UP', network: null });
    await publishAs('networks', stage.options.location, stage.options, [partner('tiedekeskus')]);
    await subgraph.caughtUp();
    expect(await shown(id)).toMatchObject({
      kind: 'FIXED',
      popUpPeriod: '2024-2025',
      network: { id: 'vantaa' },
      partner: { id: 'p' },
      memberships: [2026, 2027].map((year) => ({ year, network: { id: 'vantaa' } })),
    });
    const told = await stage.database.reader
      .selectFrom('outbox')
      .selectAll()
      .where('topic', '=', 'venue.admitted')
      .execute();
    expect(told).toHaveLength(1);
  });

  it('the national centre admits a pop-up, once; an ordinary venue is refused', async () => {
    const id = newId();
    await registerVenues(stage.database, [
      newVenue(id, { kind: 'POP_UP', networkId: null, partnerId: null }),
    ]);
    const input = { venueId: id, municipalityId: 'kuopio', networkId: 'pohjois-savo', partnerId: 'p2' };
    for (const viewer of [stage.staff, { role: 'COORDINATOR', networkId: 'pohjois-savo' }] as Viewer[]) {
      expect((await change(input, viewer, admit)).code).toBe('FORBIDDEN');
    }
    const national: Viewer = { role: 'NATIONAL' };
    expect((await change(input, national, admit)).data).toEqual({
      kind: 'FIXED',
      network: { id: 'pohjois-savo' },
    });
    expect((await change(input, national, admit)).code).toBeUndefined();
    expect((await change({ ...input, partnerId: 'p3' }, national, admit)).code).toBe('BAD_INPUT');
    expect((await change({ ...input, venueId: 'none' }, national, admit)).code).toBe('NOT_FOUND');
  });
});
