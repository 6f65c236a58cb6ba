// oxlint-disable-next-line import/no-unassigned-import -- it has to run before the next import, and has nothing to give
import '../telemetry-off.ts';

/** The only door to the package, so that it is never imported before its telemetry is off. */
export { ApolloGateway, buildOperationContext, executeQueryPlan } from '@apollo/gateway';
export type { GraphQLDataSource, ServiceMap } from '@apollo/gateway';
