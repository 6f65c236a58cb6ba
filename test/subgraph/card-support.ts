import { graphql } from 'graphql';
import { openCards } from '../../subgraphs/cards/index.ts';
import type { CardsContext } from '../../subgraphs/cards/service/context.ts';
import { issueCard, type IssueCardInput, type IssuedCard } from '../../subgraphs/cards/service/issue-card.ts';
import type { CardsServices } from '../../subgraphs/cards/service/services.ts';
import type { FixedClock } from '../../subgraphs/platform/clock.ts';
import { migrate, openDatabase, type DatabaseLocation } from '../../subgraphs/platform/database/index.ts';
import { appendEvent, type PlatformTables } from '../../subgraphs/platform/events/index.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { isRefusal } from '../../subgraphs/platform/refusals.ts';
import type { Subgraph } from '../../subgraphs/platform/subgraph.ts';
import { system, type Viewer } from '../../subgraphs/platform/viewer.ts';
import { options } from '../support/databases.ts';

export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly extensions: Record<string, unknown>; readonly message: string }[];
}

export interface TestCards extends AsyncDisposable {
  readonly subgraph: Subgraph;
  readonly services: CardsServices;
  readonly clock: FixedClock;
  /** Publishes an event as networks or venues would; `subgraph.caughtUp()` waits for its effect. */
  publish(from: 'networks' | 'venues', topic: string, payload: object): Promise<void>;
  issue(input?: Partial<IssueCardInput>): Promise<IssuedCard>;
  ask(viewer: Viewer, query: string, variables?: Record<string, unknown>): Promise<Answer>;
}

export const kuopio = { partnerId: 'issuer-kuopio', networkId: 'network-kuopio' };
export const tampere = { partnerId: 'issuer-tampere', networkId: 'network-tampere' };

export function partner(change: object = {}): object {
  return {
    ...kuopio,
    role: 'ISSUER',
    name: 'A made-up unit',
    kind: 'association',
    municipalityId: 'municipality-kuopio',
    years: [2025, 2026],
    ...change,
  };
}

export function rule(change: object = {}): object {
  return {
    id: 'rule-1',
    key: 'community_card.group',
    scope: 'NATION',
    scopeId: null,
    scopeName: 'national',
    value: null,
    statement: 'as printed',
    status: 'IN_FORCE',
    validFrom: null,
    validTo: null,
    source: 'a document',
    ...change,
  };
}

/** Cards, running, with empty logs of networks and venues beside it and two issuers known. */
export async function openTestCards(
  location: DatabaseLocation,
  { demo = false, issuers = [kuopio, tampere] } = {},
): Promise<TestCards> {
  const given = { ...options(location), demo };
  const others = {
    networks: await openDatabase<PlatformTables>(location, 'networks', given.live),
    venues: await openDatabase<PlatformTables>(location, 'venues', given.live),
  };
  await Promise.all(Object.values(others).map((database) => migrate(database, {})));
  const subgraph = await openCards(given);
  const { services } = subgraph.context(system, 'test') as CardsContext;
  const publish: TestCards['publish'] = (from, topic, payload) =>
    others[from].write((trx) => appendEvent(trx, { topic, payload }, given.clock.now().toISOString()));

  for (const issuer of issuers) await publish('networks', 'partner.registered', partner(issuer));
  subgraph.start();
  await subgraph.caughtUp();

  return {
    subgraph,
    services,
    clock: given.clock,
    publish,
    async issue(input = {}) {
      const holder = { birthYear: 1990, postcode: '70100', children: 2, grandchildren: 0 };
      const issuerId = kuopio.partnerId;
      const isPersonal = (input.kind ?? 'PERSONAL') === 'PERSONAL';
      const issued = await issueCard(services, system, {
        issuerId,
        kind: 'PERSONAL',
        holder,
        ...(isPersonal && { homeInNetwork: true, wellbeing: { satisfaction: { declined: true } } }),
        toldNotToLeaveUnused: true,
        requestId: newId(),
        ...input,
      });
      if (isRefusal(issued)) throw new Error(issued.code);
      return issued;
    },
    async ask(viewer, source, variableValues = {}) {
      const contextValue = subgraph.context(viewer, 'test');
      return (await graphql({ schema: subgraph.schema, source, variableValues, contextValue })) as Answer;
    },
    async [Symbol.asyncDispose]() {
      await subgraph.close();
      await Promise.all(Object.values(others).map((database) => database.close()));
      await given.live.close();
    },
  };
}
