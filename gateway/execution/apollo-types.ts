import type { ApolloServerOptions, BaseContext } from '@apollo/server';

/** ApolloServer does not export this half of its options by name. */
export type ApolloServerOptionsWithGateway = Extract<ApolloServerOptions<BaseContext>, { gateway: object }>;
