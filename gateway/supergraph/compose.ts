import { composeServices } from '@apollo/composition';
import { graphqlSync, parse, type GraphQLError, type GraphQLSchema } from 'graphql';

export interface SubgraphSdl {
  readonly name: string;
  readonly sdl: string;
}

/** One reason why subgraphs do not fit together. */
export interface CompositionProblem {
  /** A code of Apollo Federation, such as FIELD_TYPE_MISMATCH. */
  readonly code: string;
  readonly message: string;
}

/** The subgraphs do not make a supergraph. The message has one line per problem, each beginning with its code. */
export class CompositionError extends Error {
  override readonly name = 'CompositionError';
  readonly problems: readonly CompositionProblem[];

  constructor(problems: readonly CompositionProblem[]) {
    const lines = problems.map(({ code, message }) => `  ${code}: ${message}`);
    super(`The subgraphs do not fit together:\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

/** The supergraph's SDL. The order of the subgraphs does not matter. */
export function compose(subgraphs: readonly SubgraphSdl[]): string {
  const sorted = [...subgraphs].sort((a, b) => (a.name < b.name ? -1 : 1));
  const { supergraphSdl, errors } = composeServices(
    // Where a subgraph is reached is configuration, not schema: the address is one that can never be meant.
    sorted.map(({ name, sdl }) => ({ name, url: `http://${name}.invalid`, typeDefs: parse(sdl) })),
  );
  if (supergraphSdl === undefined) throw new CompositionError((errors ?? []).map(problem));
  return supergraphSdl;
}

/** The SDL that a subgraph's schema gives of itself, with its federation directives. */
export function subgraphSdl(schema: GraphQLSchema): string {
  const { data, errors } = graphqlSync({ schema, source: '{ _service { sdl } }' });
  const service = data?.['_service'] as { readonly sdl?: unknown } | undefined;
  if (typeof service?.sdl === 'string') return service.sdl;
  throw new Error(`The schema is not a subgraph: ${errors?.[0]?.message ?? 'it has no _service.sdl'}`);
}

function problem({ message, extensions }: GraphQLError): CompositionProblem {
  const { code } = extensions;
  return { code: typeof code === 'string' ? code : 'UNKNOWN', message };
}
