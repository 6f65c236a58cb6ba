import { Kind, valueFromASTUntyped, type DirectiveNode, type OperationDefinitionNode } from 'graphql';
import type { Amount, Variables } from './amount.ts';
import { amountOf } from './amount.ts';

/**
 * When something is answered: the variables that have to be true, and, with a `!` before it, false; sorted, with spaces between.
 * Empty: always. As text, so that two of them can be compared.
 */
export type Condition = string;

export const always: Condition = '';

/** What @skip and @include say, together with what holds already. Undefined: never. */
export function narrowed(outer: Condition, directives: readonly DirectiveNode[] = []): Condition | undefined {
  let condition = outer;
  for (const { name, arguments: given } of directives) {
    if (name.value !== 'skip' && name.value !== 'include') continue;
    const wanted = name.value === 'include';
    const value = given?.find((one) => one.name.value === 'if')?.value;
    if (value?.kind === Kind.BOOLEAN && value.value !== wanted) return undefined;
    if (value?.kind === Kind.VARIABLE) condition = both(condition, `${wanted ? '' : '!'}${value.name.value}`);
  }
  return condition;
}

function both(a: Condition, b: Condition): Condition {
  return [...new Set([...partsOf(a), b])].sort().join(' ');
}

const partsOf = (condition: Condition): string[] => (condition === always ? [] : condition.split(' '));

/** The amount where one of the conditions holds, else nothing. A variable of which nothing is known may be either. */
export function gated(
  conditions: readonly Condition[],
  amount: Amount,
  operation: OperationDefinitionNode,
): Amount {
  if (amount === 0 || conditions.includes(always)) return amount;
  const alternatives = conditions.map((condition) =>
    partsOf(condition).map((part) => {
      const wanted = !part.startsWith('!');
      const name = wanted ? part : part.slice(1);
      return { name, unwanted: !wanted, preset: presetOf(name, operation) };
    }),
  );
  return (variables) => {
    const holds = alternatives.some((parts) =>
      parts.every(({ name, unwanted, preset }) => valueOf(name, variables, preset) !== unwanted),
    );
    return holds ? amountOf(amount, variables) : 0;
  };
}

function valueOf(name: string, variables: Variables, preset: unknown): unknown {
  return Object.hasOwn(variables, name) ? variables[name] : preset;
}

function presetOf(name: string, { variableDefinitions = [] }: OperationDefinitionNode): unknown {
  const declared = variableDefinitions.find((one) => one.variable.name.value === name);
  return declared?.defaultValue && valueFromASTUntyped(declared.defaultValue);
}
