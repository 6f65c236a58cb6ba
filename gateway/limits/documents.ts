import {
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import { BoundedCache } from '../execution/bounded-cache.ts';
import { limits } from './limits.ts';

/** Characters of operations whose parsed form is kept; the parsed form takes some fifty times as much memory. */
export const maxKeptCharacters = 100_000;

export type CheckedDocument =
  | { readonly document: DocumentNode; readonly errors?: never }
  | { readonly document?: never; readonly errors: readonly GraphQLError[] };

/** Parses and validates operations, each text once. For the entries that do not go through ApolloServer. */
export class Documents {
  readonly schema: GraphQLSchema;
  readonly #rules: readonly ValidationRule[];
  readonly #valid = new BoundedCache<DocumentNode>(maxKeptCharacters, (_, text) => text.length);

  constructor(schema: GraphQLSchema, rules: readonly ValidationRule[]) {
    this.schema = schema;
    this.#rules = [...specifiedRules, ...rules];
  }

  check(text: string): CheckedDocument {
    const known = this.#valid.get(text);
    if (known) return { document: known };
    let document: DocumentNode;
    try {
      document = parse(text, { maxTokens: limits.tokens });
    } catch (error) {
      return { errors: [withCode(asGraphQLError(error), 'GRAPHQL_PARSE_FAILED')] };
    }
    const errors = validate(this.schema, document, this.#rules);
    if (errors.length > 0) {
      return { errors: errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')) };
    }
    this.#valid.set(text, document);
    return { document };
  }
}

/** The error with this code, unless it has one of its own. */
function withCode(error: GraphQLError, code: string): GraphQLError {
  const { message, nodes, source, positions, extensions } = error;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions: { code, ...extensions },
  });
}

function asGraphQLError(error: unknown): GraphQLError {
  return error instanceof GraphQLError ? error : new GraphQLError('The operation cannot be read.');
}
