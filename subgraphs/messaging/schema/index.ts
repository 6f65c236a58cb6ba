import type { GraphQLSchema } from 'graphql';
import { finishSchema } from '../../platform/graphql/index.ts';
import { messagingBuilder } from './builder.ts';
import { addThread } from './thread.ts';

export type { MessagingContext } from './builder.ts';

/** The messaging subgraph's schema. Needs no database: one comes with each operation's context. */
export function messagingSchema(): GraphQLSchema {
  const builder = messagingBuilder();
  addThread(builder);
  return finishSchema(builder);
}
