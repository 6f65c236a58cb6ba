import { execute, parse, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';

interface Request {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

/** Runs requests on a schema with graphql-js; each text is parsed once and never validated. */
export function executor(schema: GraphQLSchema): (body: string) => Promise<ExecutionResult> {
  const documents = new Map<string, DocumentNode>();
  return async (body) => {
    const { query, variables } = JSON.parse(body) as Request;
    let document = documents.get(query);
    if (!document) documents.set(query, (document = parse(query, { noLocation: true })));
    return execute({ schema, document, contextValue: {}, ...(variables && { variableValues: variables }) });
  };
}
