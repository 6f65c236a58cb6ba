import { graphql, type ExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, openDatabase } from '../../subgraphs/platform/database/index.ts';
import type { Subgraph } from '../../subgraphs/platform/subgraph.ts';
import { anonymous, type Viewer } from '../../subgraphs/platform/viewer.ts';
import { municipalityId, networkId, partnerId } from '../../subgraphs/networks/documents/ids.ts';
import { networksSchema, openNetworks } from '../../subgraphs/networks/index.ts';
import { Catalogue } from '../../subgraphs/networks/service/catalogue.ts';
import { loadDocuments } from '../../subgraphs/networks/service/load-documents.ts';
import type { NetworksDatabase } from '../../subgraphs/networks/store/database.ts';
import { migrations } from '../../subgraphs/networks/store/migrations/index.ts';
import type { NetworksTables } from '../../subgraphs/networks/store/tables.ts';
import { engines, options } from '../support/databases.ts';

describe.each(engines)('the networks subgraph on $name', (engine) => {
  let subgraph: Subgraph;

  beforeAll(async () => {
    subgraph = await openNetworks(options(await engine.location()));
    subgraph.start();
    await subgraph.load();
    await subgraph.caughtUp();
  });
  afterAll(() => subgraph.close());

  const ask = (source: string, viewer: Viewer = anonymous): Promise<ExecutionResult> =>
    graphql({ schema: subgraph.schema, source, contextValue: subgraph.context(viewer, 'test') });

  it('tells anybody the 121 municipalities by status', async () => {
    const { data, errors } = await ask(`{
      all: municipalities(first: 0) { totalCount }
      inUse: municipalities(status: IN_USE, first: 1) { totalCount pageInfo { hasNextPage endCursor } }
      pilot: municipalities(status: PILOT) { totalCount }
      coming: municipalities(status: PILOT_OR_COMING) { totalCount }
      interested: municipalities(status: INTERESTED) { nodes { name { fi } network { name { en } lifecycle } } }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      all: { totalCount: 121 },
      inUse: { totalCount: 60, pageInfo: { hasNextPage: true } },
      pilot: { totalCount: 36 },
      coming: { totalCount: 23 },
      interested: {
        nodes: ['Keitele', 'Pielavesi'].map((fi) => ({
          name: { fi },
          network: { name: { en: 'North Savo' }, lifecycle: 'PILOT' },
        })),
      },
    });
  });

  it('answers in the asked language and says when it had to fall back', async () => {
    const { data } = await ask(`{
      vaasa: municipality(id: "${municipalityId('Vaasa')}") { name { pick(language: SV) { value language } } }
      evijarvi: municipality(id: "${municipalityId('Evijärvi')}") { name { pick(language: SV) { value language } } }
    }`);
    expect(data).toMatchObject({
      vaasa: { name: { pick: { value: 'Vasa', language: 'SV' } } },
      evijarvi: { name: { pick: { value: 'Evijärvi', language: 'FI' } } },
    });
  });

  it('shows that Espoo is listed under a county and belongs to the region of Uusimaa', async () => {
    const { data } = await ask(`{ municipality(id: "${municipalityId('Espoo')}") {
      region { printedAs kind officialRegion { name { sv } } } wellbeingServicesCounty { name { fi } inferred } } }`);
    expect(data).toMatchObject({
      municipality: {
        region: {
          printedAs: 'Länsi-Uusimaa',
          kind: 'WELLBEING_SERVICES_COUNTY',
          officialRegion: { name: { sv: 'Nyland' } },
        },
        wellbeingServicesCounty: { name: { fi: 'Länsi-Uudenmaan hyvinvointialue' }, inferred: true },
      },
    });
  });

  it('lists a network with its municipalities, partners and the rules that reach into it', async () => {
    const { data, errors } = await ask(`{ network(id: "${networkId('Pohjois-Savo')}") {
      lifecycle municipalities { name { fi } }
      issuers: partners(role: ISSUER, first: 3) { totalCount nodes { name years } }
      venues: partners(role: VENUE) { totalCount }
      rules { key scope venue { id } } } }`);
    expect(errors).toBeUndefined();
    const network = data?.['network'] as {
      municipalities: unknown[];
      rules: { key: string; scope: string; venue: { id: string } | null }[];
    };
    expect(network).toMatchObject({
      lifecycle: 'PILOT',
      issuers: { totalCount: 19 },
      venues: { totalCount: 15 },
    });
    expect(network.municipalities).toHaveLength(19);
    const keys = network.rules.map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(['cap.floor_pct', 'cap.absolute', 'redeem.window']));
    expect(keys).not.toContain('community_card.child_client_max_age');
    expect(network.rules.filter(({ venue }) => venue !== null)).toHaveLength(2);
  });

  it('shows both age limits of children with their status and source', async () => {
    const { data } = await ask(
      '{ rules(key: "companion.child_max_age") { value status scope region { printedAs } statedWhen source } }',
    );
    const rules = data?.['rules'] as { value: string }[];
    expect([...rules].sort((a, b) => Number(a.value) - Number(b.value))).toMatchObject([
      {
        value: '16',
        status: 'SUPERSEDED',
        scope: 'REGION',
        region: { printedAs: 'Pohjois-Savo' },
        statedWhen: '2023',
      },
      {
        value: '18',
        status: 'IN_FORCE',
        scope: 'REGION',
        region: { printedAs: 'Pirkanmaa' },
        statedWhen: '2024',
      },
    ]);
  });

  it('shows a partner with its other printings and whose reading they are', async () => {
    const { data } = await ask(`{ partner(id: "${partnerId('VENUE', 'Kuopio', 'Kuopio Taidemuseo')}") {
      name role aliases printings { printedAs inferred } municipality { name { fi } } network { id } } }`);
    expect(data).toMatchObject({
      partner: {
        name: 'Kuopio Taidemuseo',
        role: 'VENUE',
        aliases: ['KUMMA'],
        printings: [{ printedAs: 'KUMMA', inferred: true }],
        municipality: { name: { fi: 'Kuopio' } },
        network: { id: networkId('Pohjois-Savo') },
      },
    });
  });

  it('filters partners by year, network and municipality', async () => {
    const { data } = await ask(`{
      in2026: partners(year: 2026) { totalCount }
      tampere: partners(networkId: "${networkId('Tampere')}", role: ISSUER) { totalCount }
      nokia: partners(municipalityId: "${municipalityId('Nokia')}") { totalCount }
      nobody: partners(municipalityId: "unknown") { totalCount nodes { id } }
    }`);
    expect(data).toEqual({
      in2026: { totalCount: 13 },
      tampere: { totalCount: 12 },
      nokia: { totalCount: 12 },
      nobody: { totalCount: 0, nodes: [] },
    });
  });

  it('gives published figures as printed, with metric, period and source', async () => {
    const { data } = await ask(`{ publishedFigures(metric: "cards_used_pct_kuopio") {
      totalCount nodes { value unit period scope note source } } }`);
    expect(data).toMatchObject({
      publishedFigures: {
        totalCount: 2,
        nodes: [
          {
            value: 31.5,
            unit: 'pct',
            period: '2025',
            scope: 'Kuopio',
            note: null,
            source: 'Kuopio slides 2025-09-11',
          },
          { value: 51, period: '2024' },
        ],
      },
    });
  });

  it('answers null for what does not exist, also from another subgraph', async () => {
    const { data, errors } = await ask(
      '{ municipality(id: "x") { id } network(id: "x") { id } partner(id: "x") { id } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ municipality: null, network: null, partner: null });
    const entities = await ask(
      '{ _entities(representations: [{ __typename: "Partner", id: "x" }]) { __typename } }',
    );
    expect(entities.data).toEqual({ _entities: [null] });
  });

  it('refuses what cannot be an id or a search with BAD_INPUT, by every path', async () => {
    const long = 'x'.repeat(60_000);
    const questions = [
      '{ municipality(id: "") { id } }',
      '{ network(id: "\\u0000") { id } }',
      `{ partner(id: "${long}") { id } }`,
      '{ partners(networkId: "\\u0000") { totalCount } }',
      '{ municipalities(networkId: "a b") { totalCount } }',
      '{ rules(networkId: "\\u0000") { id } }',
      `{ partners(search: "${long}") { totalCount } }`,
      '{ networks(search: "\\u0000") { totalCount } }',
      '{ publishedFigures(metric: "\\u0000") { totalCount } }',
      '{ _entities(representations: [{ __typename: "Network", id: "\\u0000" }]) { __typename } }',
    ];
    for (const question of questions) {
      const { errors } = await ask(question);
      expect([question.slice(0, 60), errors?.[0]?.extensions['code']]).toEqual([
        question.slice(0, 60),
        'BAD_INPUT',
      ]);
    }
  });

  it('refuses a page size outside 0 to 200 and a foreign cursor with BAD_INPUT, also inside a list', async () => {
    const questions = [
      '{ partners(first: 201) { totalCount } }',
      '{ municipalities(first: -1) { totalCount } }',
      '{ networks(after: "nonsense") { totalCount } }',
      '{ networks(first: 2) { nodes { partners(first: 500) { totalCount } } } }',
      '{ networks(first: 2) { nodes { partners(after: "%%%") { totalCount } } } }',
    ];
    for (const question of questions) {
      const { errors } = await ask(question);
      expect([question, errors?.[0]?.extensions['code']]).toEqual([question, 'BAD_INPUT']);
    }
  });
});

describe.each(engines)('what a list costs on $name', (engine) => {
  let database: NetworksDatabase;

  beforeAll(async () => {
    const own = options(await engine.location());
    database = await openDatabase<NetworksTables>(own.location, 'networks', own.live);
    await migrate(database, migrations);
    await loadDocuments(database, own.clock);
  });
  afterAll(() => database.close());

  const statementsFor = async (source: string): Promise<number> => {
    let statements = 0;
    const reader = database.reader.withPlugin({
      transformQuery: ({ node }) => {
        statements += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    const contextValue = {
      viewer: anonymous,
      requestId: 'test',
      catalogue: new Catalogue(reader, anonymous),
    };
    const { errors } = await graphql({ schema: networksSchema(), source, contextValue });
    expect(errors).toBeUndefined();
    return statements;
  };

  it('does not grow with its length: 100 municipalities cost as many statements as 2', async () => {
    const question = (first: number): string => `{ municipalities(first: ${first}) { totalCount nodes {
      region { officialRegion { id } } wellbeingServicesCounty { id }
      network { lifecycle municipalities { id } }
      partners(first: 5, role: VENUE) { totalCount nodes { years aliases printings { basis } municipality { id } } } } } }`;
    const few = await statementsFor(question(2));
    const many = await statementsFor(question(100));
    expect(many).toBeLessThanOrEqual(12);
    expect(few).toBeLessThanOrEqual(many);
  });

  it('is one statement for all references that another subgraph sends at once', async () => {
    const representations = ['Kuopio', 'Tampere', 'Oulu', 'Kuopio']
      .map((name) => `{ __typename: "Municipality", id: "${municipalityId(name)}" }`)
      .join(' ');
    const statements = await statementsFor(
      `{ _entities(representations: [${representations}]) { ... on Municipality { name { fi } } } }`,
    );
    expect(statements).toBe(1);
  });
});
