import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import type { NetworksTables } from './tables.ts';

export type NetworksDatabase = Database<NetworksTables>;
/** Asked for by every function that writes. */
export type NetworksTransaction = Transaction<NetworksTables>;
/** Asked for by every function that only reads; a transaction will do too. */
export type NetworksReader = NetworksDatabase['reader'];
