/** Codes whose message was written for callers. What has another code, or none, is nobody's business but the log's. */
export const publicCodes: ReadonlySet<string> = new Set([
  // The product's own, from the subgraphs and from identity.
  'BAD_INPUT',
  'FORBIDDEN',
  'NOT_FOUND',
  'REQUEST_ID_REUSED',
  'TOO_MANY_MISSES',
  'DEV_VIEWER_REFUSED',
  'UNAUTHENTICATED',
  // GraphQL's, as ApolloServer names them.
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'BAD_REQUEST',
  // The gateway's own: a subgraph in another process does not answer.
  'SUBGRAPH_UNAVAILABLE',
  // The gateway's limits and rules.
  'ALIAS_NOT_ALLOWED',
  'OPERATION_TOO_DEEP',
  'TOO_MANY_ALIASES',
  'TOO_MANY_ROOT_FIELDS',
  'TOO_MANY_DIRECTIVES',
  'LIST_TOO_LONG',
  'OPERATION_TOO_EXPENSIVE',
  'TOO_MANY_REQUESTS',
  'UNTRUSTED_DOCUMENT',
  'VARIABLE_NAME_RESERVED',
  'SUBSCRIPTION_ONE_ROOT_FIELD',
  'SUBSCRIPTION_CONDITIONAL_ROOT',
  'SUBSCRIPTION_OVER_HTTP',
  'TOO_MANY_SUBSCRIPTIONS',
  'SUBSCRIPTION_OVERFLOW',
  'SUBSCRIPTION_INTERRUPTED',
  'SUBSCRIPTION_SCHEMA_RELOAD',
]);
