import { foldEmail } from '../domain/account.ts';
import type { CardsReader, CardsTransaction } from '../store/database.ts';
import type { SealPurpose } from './secrets.ts';
import type { CardsServices } from './services.ts';
import { resealSigningKeys } from './signing.ts';

const rowsPerStep = 200;

interface SealedRow {
  readonly id: string;
  readonly sealed: string;
}

/** A table with sealed texts. */
interface SealedTable {
  readonly purpose: SealPurpose;
  /** The rows after an id, by id. */
  readonly after: (db: CardsReader, id: string) => Promise<SealedRow[]>;
  /** Puts what is sealed anew in its place; nothing happens to a row that has changed or gone meanwhile. */
  readonly replace: (
    trx: CardsTransaction,
    services: Pick<CardsServices, 'sealer'>,
    row: SealedRow,
  ) => Promise<unknown>;
}

const contacts: SealedTable = {
  purpose: 'holder-email',
  after: async (db, id) =>
    db
      .selectFrom('holder_contact')
      .select(['account_id as id', 'email as sealed'])
      .where('account_id', '>', id)
      .orderBy('account_id')
      .limit(rowsPerStep)
      .execute(),
  replace: async (trx, { sealer }, { id, sealed }) => {
    const address = sealer.open('holder-email', id, sealed);
    return trx
      .updateTable('holder_contact')
      .set({
        email: sealer.seal('holder-email', id, address),
        email_digest: sealer.digest('holder-email', foldEmail(address)),
      })
      .where('account_id', '=', id)
      .where('email', '=', sealed)
      .execute();
  },
};

const mails: SealedTable = {
  purpose: 'outgoing-mail',
  after: async (db, id) =>
    db
      .selectFrom('outgoing_mail')
      .select(['id', 'sealed'])
      .where('id', '>', id)
      .orderBy('id')
      .limit(rowsPerStep)
      .execute(),
  replace: async (trx, { sealer }, { id, sealed }) =>
    trx
      .updateTable('outgoing_mail')
      .set({ sealed: sealer.seal('outgoing-mail', id, sealer.open('outgoing-mail', id, sealed)) })
      .where('id', '=', id)
      .where('sealed', '=', sealed)
      .execute(),
};

export type ResealedKind = 'CONTACTS_SEALED_ANEW' | 'MAILS_SEALED_ANEW' | 'SIGNING_KEYS_SEALED_ANEW';

/**
 * Seals with the current key what the former one sealed: addresses, waiting mail and signing keys. Returns how many of
 * each; with `dryRun` how many there would be.
 *
 * The former key must stay in CARDS_SECRET for longer than this night. First wellbeing answers lie under keyed pseudonyms,
 * which are not computed for everybody at once: each gets its new one when its holder renews. Until all did, or the old
 * ones have had their time (FIRST_ANSWERS of the nightly job), only the former key finds, compares and erases the rest.
 */
export async function resealAll(
  services: Pick<CardsServices, 'database' | 'sealer'>,
  dryRun: boolean,
): Promise<Record<ResealedKind, number>> {
  return {
    CONTACTS_SEALED_ANEW: await resealTable(services, contacts, dryRun),
    MAILS_SEALED_ANEW: await resealTable(services, mails, dryRun),
    SIGNING_KEYS_SEALED_ANEW: await resealSigningKeys(services.database, services.sealer, dryRun),
  };
}

async function resealTable(
  services: Pick<CardsServices, 'database' | 'sealer'>,
  { purpose, after, replace }: SealedTable,
  dryRun: boolean,
): Promise<number> {
  const { database, sealer } = services;
  let found = 0;
  for (let last = ''; ;) {
    const rows = await after(database.reader, last);
    const end = rows.at(-1);
    if (!end) return found;
    last = end.id;
    const old = rows.filter(({ id, sealed }) => !sealer.isCurrent(purpose, id, sealed));
    found += old.length;
    if (dryRun || old.length === 0) continue;
    await database.write(async (trx) => {
      for (const row of old) await replace(trx, services, row);
    });
  }
}
