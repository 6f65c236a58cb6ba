import { badInput } from '../../platform/errors.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { leastAnswers } from '../domain/wellbeing.ts';
import type { CardsTransaction } from '../store/database.ts';
import {
  addAnswer,
  countAsked,
  findFirst,
  forgetFirst,
  keepFirst,
  type WellbeingFirst,
} from '../store/wellbeing.ts';
import type { CardsServices } from './services.ts';

export interface WellbeingRecord {
  readonly cardId: string;
  /** Known to the caller and not stored: an answer stands beside no issuer. */
  readonly issuerId: string;
  readonly networkId: string | null;
  readonly year: number;
  readonly occasion: 'ISSUE' | 'RENEWAL';
  /** "How satisfied are you at the moment with your life overall?" 0–10; null: not answered. 0 is an answer. */
  readonly satisfaction: number | null;
  /** At renewal: "The card has increased my wellbeing", 0–10; null: not answered. */
  readonly increased: number | null;
  /** False: declined. Nothing is kept then but that one more declined. */
  readonly consent: boolean;
  readonly at: IsoInstant;
}

/**
 * Takes an answer away from its card: into a histogram of its network and year, and, under a keyed pseudonym, to the first
 * answers that renewals are compared with. Neither the card, the issuer, the day nor an order is stored. A card without
 * a holder is asked nothing. Throws BAD_INPUT for an answer that is not a whole number from 0 to 10.
 */
export async function recordWellbeing(
  trx: CardsTransaction,
  services: Pick<CardsServices, 'sealer'>,
  record: WellbeingRecord,
): Promise<void> {
  const { occasion, year, consent } = record;
  const satisfaction = readAnswer('satisfaction', record.satisfaction);
  const increased = occasion === 'RENEWAL' ? readAnswer('increased', record.increased) : null;
  const holder = await trx
    .selectFrom('card')
    .select('holder_id')
    .where('id', '=', record.cardId)
    .executeTakeFirst();
  const holderId = holder?.holder_id ?? null;
  if (holderId === null) return;

  const first = occasion === 'RENEWAL' ? await renewedFirst(trx, services, holderId) : null;
  const pool = { networkId: record.networkId ?? '', year };
  const answered = consent && (satisfaction !== null || increased !== null);
  await countAsked(trx, pool, occasion, answered ? 'answered' : 'declined');
  if (!answered) return;
  if (increased !== null) await addAnswer(trx, pool, 'INCREASED', increased, leastAnswers);
  if (satisfaction === null) return;
  await addAnswer(trx, pool, occasion === 'ISSUE' ? 'FIRST' : 'RENEWAL', satisfaction, leastAnswers);
  if (occasion === 'ISSUE') {
    const pseudonym = services.sealer.digest('wellbeing-pseudonym', holderId);
    await keepFirst(trx, { pseudonym, satisfaction, year });
    return;
  }
  if (first) await addAnswer(trx, pool, 'CHANGE', satisfaction - first.satisfaction, leastAnswers);
}

/**
 * The first answer of a holder who renews; null: there is none. After the keys were changed it is found with the current
 * one from now on, also when nothing is answered this time: else an erasure would not find it once the former key is gone.
 */
async function renewedFirst(
  trx: CardsTransaction,
  services: Pick<CardsServices, 'sealer'>,
  holderId: string,
): Promise<WellbeingFirst | null> {
  const first = await findFirst(trx, pseudonymsOf(services, holderId));
  const pseudonym = services.sealer.digest('wellbeing-pseudonym', holderId);
  if (!first || first.pseudonym === pseudonym) return first;
  await forgetFirst(trx, [first.pseudonym]);
  const renewed = { ...first, pseudonym };
  await keepFirst(trx, renewed);
  return renewed;
}

/** On erasure: whose the first answer was can never be found again. What is in the histograms belongs to nobody. */
export async function forgetWellbeing(
  trx: CardsTransaction,
  services: Pick<CardsServices, 'sealer'>,
  holderId: string,
): Promise<void> {
  await forgetFirst(trx, pseudonymsOf(services, holderId));
}

/** Two registrations were one holder: the survivor's own first answer stays, else it takes over the other's. */
export async function mergeWellbeing(
  trx: CardsTransaction,
  services: Pick<CardsServices, 'sealer'>,
  fromHolder: string,
  intoHolder: string,
): Promise<void> {
  if (fromHolder === intoHolder) return;
  const old = await findFirst(trx, pseudonymsOf(services, fromHolder));
  if (!old) return;
  await forgetFirst(trx, pseudonymsOf(services, fromHolder));
  if (await findFirst(trx, pseudonymsOf(services, intoHolder))) return;
  await keepFirst(trx, { ...old, pseudonym: services.sealer.digest('wellbeing-pseudonym', intoHolder) });
}

/** Under the key of today and the one before it: what was stored before the keys were changed is still found. */
function pseudonymsOf({ sealer }: Pick<CardsServices, 'sealer'>, holderId: string): readonly string[] {
  return sealer.digests('wellbeing-pseudonym', holderId);
}

function readAnswer(field: string, value: number | null): number | null {
  if (value === null || (Number.isInteger(value) && value >= 0 && value <= 10)) return value;
  throw badInput(`${field} is a whole number from 0 to 10, or it was not answered.`, {
    field,
    least: 0,
    most: 10,
  });
}
