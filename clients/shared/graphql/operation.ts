/** A GraphQL document with the shapes of its variables and its answer. A test holds every document against schema/api.graphql. */
export interface Operation<Variables, Result> {
  readonly document: string;
  /** Never set: carries the types. */
  readonly types?: (variables: Variables) => Result;
}

export function operation<Variables, Result>(document: string): Operation<Variables, Result> {
  return { document };
}
