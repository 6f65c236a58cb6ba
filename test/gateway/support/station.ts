import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import type { LocalSubgraph } from '../../../gateway/execution/in-process.ts';
import { compose, subgraphSdl } from '../../../gateway/supergraph/compose.ts';
import { forbidden } from '../../../subgraphs/platform/errors.ts';
import { viewerKey, type Viewer } from '../../../subgraphs/platform/viewer.ts';
import { queueOf, Signals, sourceOf, type Signal } from './signal.ts';

const live = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
    @link(url: "https://open-culture-card.example/live/v0.1", import: ["@viewerIndependent", "@everyEvent"])
    @composeDirective(name: "@viewerIndependent")
    @composeDirective(name: "@everyEvent")
  directive @viewerIndependent(unlessGiven: [String!]) on FIELD_DEFINITION
  directive @everyEvent on FIELD_DEFINITION
`;

/** Which subgraph says how a place is called; without `names`, nobody does any more. */
export interface Layout {
  readonly nameFrom: 'places' | 'atlas' | 'nobody';
  readonly sky?: 'sky' | 'clouds';
}

/** A weather station: it says what is the same for everybody, what is not, and where every event counts. */
export class Station {
  readonly signals = new Signals();
  readonly calls = { upstreams: 0, events: 0, names: 0 };
  readonly seen: string[] = [];
  degrees = 10;
  /** Who may not see the weather any more. */
  readonly banned = new Set<string>();
  /** While true, whoever dials is refused. */
  closed = false;
  down = false;
  readonly #strikes = new Set<(strike: number) => void>();

  warm(degrees: number): void {
    this.degrees = degrees;
    this.signals.ring('weather');
  }

  strike(number: number): void {
    for (const push of this.#strikes) push(number);
  }

  supergraph(layout: Layout): { subgraphs: LocalSubgraph<Viewer>[]; supergraphSdl: string } {
    const subgraphs = this.#subgraphs(layout);
    return {
      subgraphs,
      supergraphSdl: compose(subgraphs.map(({ name, schema }) => ({ name, sdl: subgraphSdl(schema) }))),
    };
  }

  #watch(viewer: Viewer): Signal {
    this.calls.upstreams += 1;
    if (this.down) throw new Error('connection refused');
    if (this.closed) throw forbidden();
    this.#admit(viewer);
    return sourceOf(this.signals, ['weather']);
  }

  #admit(viewer: Viewer): void {
    const key = viewerKey(viewer);
    this.seen.push(key);
    if (this.banned.has(key)) throw forbidden();
  }

  #subgraphs({ nameFrom, sky = 'sky' }: Layout): LocalSubgraph<Viewer>[] {
    const context = (viewer: Viewer) => ({ viewer });
    const naming = { name: () => ((this.calls.names += 1), `Hill by ${nameFrom}`) };
    const reference = { __resolveReference: (place: object) => place };
    const build = (name: string, sdl: string, resolvers: object): LocalSubgraph<Viewer> => ({
      name,
      schema: buildSubgraphSchema({ typeDefs: parse(live + sdl), resolvers: resolvers as never }),
      context,
    });
    const nameSdl = nameFrom === 'nobody' ? '' : 'name: String @viewerIndependent';
    return [
      build(
        sky,
        `type Query { weather: Weather }
         type Weather { degrees: Int @viewerIndependent greeting: String place: Place @viewerIndependent }
         type Place @key(fields: "id") { id: ID! @viewerIndependent }
         type Subscription {
           weather(secret: Boolean): Weather @viewerIndependent(unlessGiven: ["secret"])
           strikes: Int! @everyEvent @viewerIndependent
         }`,
        {
          Place: reference,
          Query: { weather: () => ({}) },
          Weather: {
            degrees: () => this.degrees,
            greeting: (_: unknown, __: unknown, { viewer }: { viewer: Viewer }) => viewerKey(viewer),
            place: () => ({ id: 'hill' }),
          },
          Subscription: {
            weather: {
              subscribe: (_: unknown, __: unknown, { viewer }: { viewer: Viewer }) => this.#watch(viewer),
              resolve: (_: unknown, __: unknown, { viewer }: { viewer: Viewer }) => {
                this.calls.events += 1;
                this.#admit(viewer);
                return {};
              },
            },
            strikes: {
              subscribe: () => queueOf(this.signals, this.#strikes),
              resolve: (strike: number) => strike,
            },
          },
        },
      ),
      build(
        'places',
        `type Place @key(fields: "id") { id: ID! @viewerIndependent ${nameFrom === 'places' ? nameSdl : ''} note: String }`,
        {
          Place: {
            ...reference,
            ...(nameFrom === 'places' && naming),
            note: (_: unknown, __: unknown, { viewer }: { viewer: Viewer }) => `for ${viewer.role}`,
          },
        },
      ),
      build(
        'atlas',
        `type Place @key(fields: "id") { id: ID! @viewerIndependent ${nameFrom === 'atlas' ? nameSdl : ''} height: Int }`,
        {
          Place: { ...reference, ...(nameFrom === 'atlas' && naming), height: () => 200 },
        },
      ),
    ];
  }
}
