import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import type { VenuesTables } from './tables.ts';

export type VenuesDatabase = Database<VenuesTables>;
/** Asked for by every function that writes. */
export type VenuesTransaction = Transaction<VenuesTables>;
/** Asked for by every function that only reads; a transaction will do too. */
export type VenuesReader = VenuesDatabase['reader'];
