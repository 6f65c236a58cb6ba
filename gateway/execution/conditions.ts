import { BREAK, Kind, visit, type DirectiveNode, type DocumentNode } from 'graphql';

/** Whether something with these directives is part of the answer, for certain values of the variables. */
export type IsIncluded = (directives: readonly DirectiveNode[] | undefined) => boolean;

/** The variables that @skip and @include look at, each once. */
export function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(node) {
      const value = conditionOf(node);
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

export function inclusion(values: Readonly<Record<string, unknown>>): IsIncluded {
  return (directives = []) =>
    directives.every((directive) => {
      const value = conditionOf(directive);
      if (!value) return true;
      const holds =
        value.kind === Kind.VARIABLE
          ? values[value.name.value] === true
          : value.kind === Kind.BOOLEAN && value.value;
      return holds === (directive.name.value === 'include');
    });
}

/** Whether any part of the document may be left out. */
export function hasConditions(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive(node) {
      if (!conditionOf(node)) return undefined;
      found = true;
      return BREAK;
    },
  });
  return found;
}

function conditionOf(directive: DirectiveNode) {
  const { name, arguments: given = [] } = directive;
  if (name.value !== 'skip' && name.value !== 'include') return undefined;
  return given.find((argument) => argument.name.value === 'if')?.value;
}
