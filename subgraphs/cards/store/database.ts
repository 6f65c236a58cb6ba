import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import type { CardsTables } from './tables.ts';

export type CardsDatabase = Database<CardsTables>;
/** Asked for by every function that writes. */
export type CardsTransaction = Transaction<CardsTables>;
/** Asked for by every function that only reads; a transaction will do too. */
export type CardsReader = CardsDatabase['reader'];
