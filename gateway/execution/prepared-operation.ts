import type { PlanNode } from '@apollo/query-planner';
import { Kind, visit, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { whenThere, type Awaitable } from './awaiting.ts';
import { BoundedCache } from './bounded-cache.ts';
import { compileCoercion, type Coerced } from './coercion.ts';
import { conditionVariables, inclusion } from './conditions.ts';
import type { JsonObject } from './json.ts';
import { NotCompilable } from './not-compilable.ts';
import { compilePlan } from './plan-steps.ts';
import type { Given, PlanContext, Run, Variables } from './run.ts';
import { compileShaper, nullText, type Shaping } from './shaper.ts';
import type { TextResult } from './text-result.ts';
import type { LoadedSupergraph } from './supergraph.ts';
import type { Caller } from './transport.ts';

/** A valid operation, planned and compiled: what is left to do is to fetch, to join and to shape. */
export interface PreparedOperation<V> {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** The variables with the operation's defaults, or what is wrong with them. */
  coerce(variables: Variables): Coerced;
  /** `coerced` must be what `coerce` answered for `variables`. Errors of subgraphs are part of the result. */
  execute(variables: Variables, coerced: JsonObject, caller: Caller<V>, given?: Given): Awaitable<TextResult>;
}

export interface PlannedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly plan: PlanNode | undefined;
}

/** Shapers of one operation that are kept: one for each combination of its conditions that was asked for. */
const maxShapers = 8;

/** Compiles a planned operation. Throws NotCompilable for what only the stock executor knows, such as introspection. */
export function compileOperation<V>(
  supergraph: LoadedSupergraph,
  transports: PlanContext<V>['transports'],
  { document, operation, plan }: PlannedOperation,
): PreparedOperation<V> {
  refuseUnknown(document);
  const { apiSchema, fullSchema } = supergraph;
  const rootType = apiSchema.getRootType(operation.operation);
  if (!rootType) throw new NotCompilable('an operation without a root type');
  const step = compilePlan({ transports, fullSchema }, plan);
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
  const names = conditionVariables(document);
  const shapers = new BoundedCache<ReturnType<typeof compileShaper>>(maxShapers);
  const shaperFor = (values: JsonObject) =>
    shapers.getOrMake(names.map((name) => (values[name] === true ? '1' : '0')).join(''), () =>
      compileShaper(
        { schema: apiSchema, fragments, isIncluded: inclusion(values) },
        rootType,
        operation.selectionSet,
      ),
    );
  const answer = ({ data: merged, errors: reported, coerced }: Run<V>): TextResult => {
    const shaping: Shaping = { path: [], errors: [] };
    const data = shaperFor(coerced)(merged, shaping) ?? nullText;
    // A subgraph's error already says why something is null that should not be.
    const errors = reported.length > 0 ? reported : shaping.errors;
    return errors.length > 0 ? { data, errors } : { data };
  };

  return {
    document,
    operation,
    coerce: compileCoercion(apiSchema, operation.variableDefinitions ?? []),
    execute(variables, coerced, caller, given) {
      const run: Run<V> = { variables, coerced, caller, given, data: {}, errors: [] };
      return whenThere(step(run), () => answer(run));
    },
  };
}

function refuseUnknown(document: DocumentNode): void {
  visit(document, {
    Field({ name, alias }) {
      const isIntrospection = name.value === '__schema' || name.value === '__type';
      if (!isIntrospection && (alias ?? name).value !== '__proto__') return undefined;
      throw new NotCompilable(name.value);
    },
    Directive({ name }) {
      if (name.value === 'defer') throw new NotCompilable('@defer');
      return undefined;
    },
    Variable({ name }) {
      if (name.value === '__proto__') throw new NotCompilable('a variable');
      return undefined;
    },
  });
}
