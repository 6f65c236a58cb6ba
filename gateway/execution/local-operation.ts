import { compileQuery, isCompiledQuery } from 'graphql-jit';
import {
  execute,
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { isPromise, type Awaitable } from './awaiting.ts';
import { hasConditions } from './conditions.ts';
import type { Path } from './places.ts';

type Query = (root: unknown, context: unknown, variables: object) => Awaitable<ExecutionResult>;

/**
 * One operation on a schema in this process. A query that is asked for again and again is compiled; mutations, events and
 * what the compiler cannot do are left to graphql-js. Compiled, a field that no resolver answers must be a plain value.
 */
export class LocalOperation {
  readonly document: DocumentNode;
  readonly #schema: GraphQLSchema;
  #uses = 0;
  #query: Query | undefined;

  readonly #compileAt: number;

  constructor(schema: GraphQLSchema, document: DocumentNode, compileAt: number) {
    this.#schema = schema;
    this.document = document;
    this.#compileAt = compileAt;
  }

  get isCompiled(): boolean {
    return this.#query !== undefined;
  }

  execute(args: ExecutionArgs): Awaitable<ExecutionResult> {
    this.#uses += 1;
    if (this.#uses === this.#compileAt) this.#query = this.#compile();
    if (!this.#query) return execute(args);
    const answer = this.#query(args.rootValue, args.contextValue, args.variableValues ?? {});
    return isPromise(answer) ? answer.then((result) => asGraphQLJs(result, args)) : asGraphQLJs(answer, args);
  }

  #compile(): Query | undefined {
    const operation = getOperationAST(this.document);
    // A field that is conditional in two places is not compiled reliably.
    if (operation?.operation !== OperationTypeNode.QUERY || hasConditions(this.document)) return undefined;
    const compiled = compileQuery(this.#schema, this.document);
    return isCompiledQuery(compiled) ? (compiled.query as Query) : undefined;
  }
}

/** The compiler's errors in the form, and with the parts, that graphql-js gives them. */
function asGraphQLJs(result: ExecutionResult, args: ExecutionArgs): Awaitable<ExecutionResult> {
  if (!result.errors) return result;
  // Refused because of its variables: nothing has run yet, and graphql-js says better what is wrong.
  if (!('data' in result)) return execute(args);
  const reported = new Set<string>();
  const errors: GraphQLError[] = [];
  for (const { message, path = [], originalError } of result.errors) {
    const nulled = nullAbove(result.data, path);
    // One reason is enough for a null, and graphql-js stops at the first field that may not be null.
    if (nulled !== undefined && reported.has(nulled)) continue;
    if (nulled !== undefined) reported.add(nulled);
    errors.push(new GraphQLError(message, { path, originalError: originalError ?? null }));
  }
  return { ...result, errors };
}

/** The place above this one to which a null went up. */
function nullAbove(data: unknown, path: Path): string | undefined {
  let value = data;
  for (const [depth, key] of path.entries()) {
    if (value === null) return path.slice(0, depth).join('.');
    if (typeof value !== 'object') return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[key];
  }
  return undefined;
}
