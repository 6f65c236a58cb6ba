import { BREAK, valueFromASTUntyped, visit, type DocumentNode } from 'graphql';
import { badInput } from '../errors.ts';

/** Entities that one request may ask for. A gateway splits what is more. */
export const maxRepresentations = 500;

type Variables = Readonly<Record<string, unknown>>;

/** Refuses BAD_INPUT when any `_entities` of the document asks for more entities than one request may. */
export function refuseTooManyEntities(document: DocumentNode, variables: Variables): void {
  let most = 0;
  visit(document, {
    Field(field) {
      if (field.name.value !== '_entities') return undefined;
      const given = field.arguments?.find(({ name }) => name.value === 'representations');
      const list: unknown = given && valueFromASTUntyped(given.value, variables);
      if (Array.isArray(list)) most = Math.max(most, list.length);
      return most > maxRepresentations ? BREAK : undefined;
    },
  });
  if (most <= maxRepresentations) return;
  throw badInput(`One request may ask for at most ${maxRepresentations} entities; this asks for ${most}.`, {
    most: maxRepresentations,
  });
}
