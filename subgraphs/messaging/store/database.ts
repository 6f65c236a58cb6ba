import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import type { MessagingTables } from './tables.ts';

export type MessagingDatabase = Database<MessagingTables>;
/** Asked for by every function that writes. */
export type MessagingTransaction = Transaction<MessagingTables>;
/** Asked for by every function that only reads. */
export type MessagingReader = MessagingDatabase['reader'];
