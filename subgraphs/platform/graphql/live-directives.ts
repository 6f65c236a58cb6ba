import { DirectiveLocation, GraphQLDirective, GraphQLList, GraphQLNonNull, GraphQLString } from 'graphql';

/** Names the two directives in a supergraph, so that the gateway finds them whatever a subgraph calls its own. */
const specification = 'https://open-culture-card.example/live/v0.1';

const onFields = { locations: [DirectiveLocation.FIELD_DEFINITION] };

/** What subgraphs tell the gateway about live fields. Both go into the supergraph. */
export const liveDirectives: readonly GraphQLDirective[] = [
  new GraphQLDirective({
    name: 'viewerIndependent',
    description:
      'The same answer for whoever asks, also for somebody without a name. A subscription that selects nothing else runs ' +
      'once for all its clients. `unlessGiven` names arguments with which that is not so.',
    args: { unlessGiven: { type: new GraphQLList(new GraphQLNonNull(GraphQLString)) } },
    ...onFields,
  }),
  new GraphQLDirective({
    name: 'everyEvent',
    description:
      'A subscription in which every event counts: delivered in order, or ended with an error. Without it the newest wins.',
    ...onFields,
  }),
];

/** For `toSubGraphSchema`. */
export const withLiveDirectives = {
  directives: [...liveDirectives],
  composeDirectives: liveDirectives.map(({ name }) => `@${name}` as const),
  extensions: {
    directives: [
      {
        name: 'link',
        args: { url: specification, import: liveDirectives.map(({ name }) => `@${name}`) },
      },
    ],
  },
};

/** For the options of a field that is the same for every viewer: `t.exposeID('id', viewerIndependent)`. */
export const viewerIndependent = { directives: { viewerIndependent: {} } } as const;

/** The same, as long as none of these arguments is given. */
export function viewerIndependentUnless(...unlessGiven: readonly string[]): {
  readonly directives: { readonly viewerIndependent: { readonly unlessGiven: readonly string[] } };
} {
  return { directives: { viewerIndependent: { unlessGiven } } };
}
