import { GraphQLError } from 'graphql';

/** SUBSCRIPTION_OVERFLOW: more events wait than may. For the whole stream, or for one client that reads too slowly. */
export function overflow(): GraphQLError {
  return ended('SUBSCRIPTION_OVERFLOW', 'Events came faster than they could be delivered.');
}

/** SUBSCRIPTION_INTERRUPTED: a stream in which every event counts has a gap. Ask for what was missed and begin again. */
export function interrupted(): GraphQLError {
  return ended('SUBSCRIPTION_INTERRUPTED', 'The source was lost: events may have been missed.');
}

/** SUBSCRIPTION_SCHEMA_RELOAD: the new schema no longer has what this subscription selects. */
export function schemaReload(): GraphQLError {
  return ended('SUBSCRIPTION_SCHEMA_RELOAD', 'The schema has changed and no longer has what this selects.');
}

function ended(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
