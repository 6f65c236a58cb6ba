import type { GraphQLDataSource, ServiceMap } from './apollo-gateway.ts';
import type { Caller, Transport } from './transport.ts';

type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** The transports in the form in which the plan executor asks for them. */
export function dataSources<V>(transports: readonly Transport<V>[]): ServiceMap {
  return Object.fromEntries(transports.map((transport) => [transport.subgraph, dataSource(transport)]));
}

function dataSource<V>(transport: Transport<V>): GraphQLDataSource {
  return {
    async process({ request, context, ...rest }) {
      const operation = {
        text: request.query ?? '',
        document: 'document' in rest ? rest.document : undefined,
        name: request.operationName,
        variables: request.variables ?? {},
      };
      return (await transport.execute(operation, context as Caller<V>)) as Answer;
    },
  };
}
