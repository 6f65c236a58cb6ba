import { localDate } from '../../platform/clock.ts';
import { badInput, forbidden, notFound } from '../../platform/errors.ts';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant, LocalDate, Millis } from '../../platform/units.ts';
import { mapPage, type Page, type PageArgs } from '../../platform/pagination.ts';
import type { CardKind } from '../domain/card.ts';
import { readMobileToken, type PhoneAlgorithm } from '../domain/mobile-token.ts';
import { revocationKeptDays, type Phone, type PhoneRefusalCode } from '../domain/phone.ts';
import { policy } from '../domain/policy.ts';
import { childrenAllowed } from '../domain/present.ts';
import { ruleKeys, rulesInForce, type CardRules } from '../domain/rules.ts';
import { findCard } from '../store/cards.ts';
import { listKeys, type KeyRow } from '../store/offline-keys.ts';
import { findPhone, listPhones, setRevoked } from '../store/phones.ts';
import { findRules } from '../store/rules.ts';
import { readShownText } from './attempts.ts';
import type { CardsContext } from './context.ts';
import { readId } from './input.ts';
import type { CardsServices } from './services.ts';
import { findPhoneOf } from './shown-card.ts';

/** The phones that show a card now. Throws BAD_INPUT and NOT_FOUND, also for a card that is not the viewer's. */
export async function phonesOfCard({ services, viewer }: CardsContext, typed: string): Promise<Phone[]> {
  const cardId = readId('cardId', typed);
  const db = services.database.reader;
  const card = await findCard(db, cardId);
  if (!card || !policy.managePhones(viewer, card)) throw notFound('card', cardId);
  return listPhones(db, cardId);
}

export interface RemovedPhone {
  readonly phoneId: string;
}

/** One phone shows the card no more; the others do. Doing it twice changes nothing. Throws BAD_INPUT and NOT_FOUND. */
export async function revokePhone({ services, viewer }: CardsContext, typed: string): Promise<RemovedPhone> {
  const phoneId = readId('phoneId', typed);
  const { database, clock } = services;
  const phone = await findPhone(database.reader, phoneId);
  const card = phone && (await findCard(database.reader, phone.cardId));
  if (!card || !policy.managePhones(viewer, card)) throw notFound('phone', phoneId);
  await database.write((trx) => setRevoked(trx, phoneId, clock.now().toISOString()));
  return { phoneId };
}

/**
 * A phone removes itself, with a token that it signed for this: of any age, since it can be used for nothing else. An
 * unknown, revoked or unsigned one is answered alike. Throws BAD_INPUT.
 */
export async function removeOwnPhone(
  { database, clock }: CardsServices,
  typed: string,
): Promise<RemovedPhone | Refusal<PhoneRefusalCode>> {
  const token = readMobileToken(readShownText(typed, 'token'));
  const phone = isRefusal(token) ? null : await findPhoneOf(database.reader, token, 'remove');
  if (!phone) return refuse('PHONE_UNKNOWN');
  await database.write((trx) => setRevoked(trx, phone.id, clock.now().toISOString()));
  return { phoneId: phone.id };
}

/** A phone's key for a device without a connection. All but `keyId` is null for a key that is not good any more. */
export interface OfflineKey {
  readonly keyId: string;
  readonly publicKey: string | null;
  readonly algorithm: PhoneAlgorithm | null;
  readonly kind: CardKind | null;
  readonly childrenAllowed: number | null;
  readonly validUntil: LocalDate | null;
}

export interface OfflineKeys {
  /** To be given as `since` the next time. */
  readonly asOf: IsoInstant;
  /** All keys that are good; when not, what changed since then. */
  readonly isWhole: boolean;
  /** From when on the keys are that changed; null: all. */
  readonly since: IsoInstant | null;
}

/** What was written in another process a moment ago may not be there yet: the next answer begins so much earlier. */
const overlapMs: Millis = 120_000;

/**
 * Keys with which a venue's device knows phones by itself. Nothing in it leads to a code, an issuer or a birth year; a
 * device that has not asked for 30 days gets all of them again. Throws BAD_INPUT and FORBIDDEN.
 */
export function offlineKeys(
  { services, viewer }: CardsContext,
  input: { readonly venueId: string; readonly since?: string | null | undefined },
): OfflineKeys {
  const venueId = readId('venueId', input.venueId);
  if (!policy.readOfflineKeys(viewer, venueId)) throw forbidden();
  const now = services.clock.now();
  const since = readSince(input.since ?? null, now);
  return { asOf: new Date(now.getTime() - overlapMs).toISOString(), isWhole: since === null, since };
}

/** One page of an answer of `offlineKeys`. Throws BAD_INPUT. */
export async function offlineKeyPage(
  { database, clock }: CardsServices,
  { since }: OfflineKeys,
  args: PageArgs,
): Promise<Page<OfflineKey>> {
  const today = localDate(clock.now());
  const [page, published] = await Promise.all([
    listKeys(database.reader, { since, today }, args),
    findRules(database.reader, Object.values(ruleKeys)),
  ]);
  const rules = rulesInForce(published, today, null);
  return mapPage(page, (row) => offlineKey(row, rules));
}

/** Null: all of them, since too much is forgotten of what happened after it. */
function readSince(since: string | null, now: Date): IsoInstant | null {
  if (since === null) return null;
  const at = Date.parse(since);
  if (Number.isNaN(at) || at > now.getTime()) {
    throw badInput('since is the asOf of an earlier answer.', { field: 'since' });
  }
  return now.getTime() - at > revocationKeptDays * 86_400_000 ? null : new Date(at).toISOString();
}

function offlineKey(row: KeyRow, rules: CardRules): OfflineKey {
  const { keyId, publicKey, algorithm, kind, validUntil } = row;
  if (!row.isLive) {
    return { keyId, publicKey: null, algorithm: null, kind: null, childrenAllowed: null, validUntil: null };
  }
  return { keyId, publicKey, algorithm, kind, validUntil, childrenAllowed: childrenAllowed(row, rules) };
}
