/** A GraphQL document with the shapes of its variables and its answer. A test holds every document against schema/api.graphql. */
export interface Operation<Variables, Result> {
  readonly document: string;
  /** SHA-256 of the document, from the build: the gateway knows the text by it. */
  readonly hash?: string;
  /** Never set: carries the types. */
  readonly types?: (variables: Variables) => Result;
}

export function operation<Variables, Result>(document: string): Operation<Variables, Result> {
  return { document };
}

/** What a request says of its operation: the hash, as in automatic persisted queries; the text when there is none or it is not known. */
export function requestOf(operation: Operation<never, unknown>, written: boolean) {
  const { document, hash } = operation;
  if (hash === undefined) return { query: document };
  const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
  return written ? { query: document, extensions } : { extensions };
}
