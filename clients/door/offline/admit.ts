import type { TicketLine, TicketLineType } from '../../shared/operations/redemptions.ts';
import { localDay } from '../../shared/time.ts';
import { placesLeft, placesOf, type OfflineBook } from './book.ts';
import { areBelieved, hasSigned, phoneOf, type KnownPhone, type KnownPhones } from './known-phones.ts';
import { isOfNow, readPhoneToken, type PhoneToken } from './phone-token.ts';

/** Why a device does not know whose phone it sees. */
export type PhoneRefusal =
  /** A printed code, or nothing that a phone shows: only the register knows it. */
  'ONLY_PHONES_OFFLINE' | 'KEYS_TOO_OLD' | 'PHONE_UNKNOWN' | 'PHONE_TOKEN_EXPIRED' | 'CARD_EXPIRED';

/** Why a device lets nobody in by itself. */
export type AdmitRefusal =
  | 'CLOCK_WRONG'
  | 'SLICE_OVER'
  | 'PERFORMANCE_CANCELLED'
  | 'OUTSIDE_WINDOW'
  | 'LINE_NOT_ALLOWED'
  | 'ALREADY_SEEN_HERE'
  | 'SLICE_USED_UP';

/** A phone whose signature is good. */
export interface SeenPhone {
  readonly shown: string;
  readonly token: PhoneToken;
  readonly phone: KnownPhone;
}

/**
 * Whose phone was shown, without a network: its key is known and it signed this half minute. An unknown key and a wrong
 * signature are answered alike. `now` is the server's clock as the device knows it.
 */
export async function seePhone(
  known: KnownPhones | null,
  shown: string,
  now: number,
): Promise<SeenPhone | PhoneRefusal> {
  const token = readPhoneToken(shown);
  if (!token) return 'ONLY_PHONES_OFFLINE';
  if (!known || !areBelieved(known, now)) return 'KEYS_TOO_OLD';
  const phone = phoneOf(known, token.keyId);
  if (!phone || !(await hasSigned(phone, token))) return 'PHONE_UNKNOWN';
  if (!isOfNow(token, now)) return 'PHONE_TOKEN_EXPIRED';
  return localDay(new Date(now)) <= phone.validUntil ? { shown: shown.trim(), token, phone } : 'CARD_EXPIRED';
}

/** A clock that is off by a minute is put right by venues when they judge an upload. */
const clockToleranceMs = 60_000;

export interface Wish {
  readonly seen: SeenPhone;
  readonly lines: readonly TicketLine[];
  /** The idempotency key of the use, wherever and however often it is sent. */
  readonly requestId: string;
  /** True: the guest is inside already, beyond the slice or after its end. It is written down all the same, and the server says what it is. */
  readonly insists?: boolean;
}

/**
 * Lets guests in against the slice, or says why not; nothing else but `book` and `wish` is looked at. What only the server
 * knows, such as a visit through another door, comes back as a conflict of the upload.
 */
export function admit(book: OfflineBook, wish: Wish, now: number): OfflineBook | AdmitRefusal {
  const { seen, requestId, insists = false } = wish;
  const { slice, rules, uses } = book;
  if (uses.some((use) => use.requestId === requestId)) return book;
  if (now < Date.parse(slice.openedAt) - clockToleranceMs) return 'CLOCK_WRONG';
  if (now >= Date.parse(slice.expiresAt) && !insists) return 'SLICE_OVER';
  if (rules.isClosed) return 'PERFORMANCE_CANCELLED';
  if (rules.opensAt !== null && now < rules.opensAt) return 'OUTSIDE_WINDOW';
  if (rules.closesAt !== null && now >= rules.closesAt) return 'OUTSIDE_WINDOW';
  const lines = wish.lines.filter(({ count }) => count !== 0);
  if (!areAllowed(lines, book, seen.phone)) return 'LINE_NOT_ALLOWED';
  const { keyId } = seen.token;
  const isSeen = seen.phone.kind === 'PERSONAL' && uses.some((use) => use.keyId === keyId);
  if (isSeen) return 'ALREADY_SEEN_HERE';
  if (placesOf(lines) > placesLeft(book) && !insists) return 'SLICE_USED_UP';
  const at = new Date(now).toISOString();
  const use = { requestId, keyId, shown: seen.shown, lines, at, outcome: null };
  return { ...book, uses: [...uses, use] };
}

export type Allowed = Readonly<Partial<Record<TicketLineType, number>>>;

/** Most tickets of each line that this phone's card gives at this performance. */
export function allowedBy(
  { rules }: Pick<OfflineBook, 'rules'>,
  { kind, childrenAllowed }: KnownPhone,
): Allowed {
  if (kind === 'COMMUNITY' && !rules.communityCards) return {};
  return {
    [kind === 'COMMUNITY' ? 'COMMUNITY_WORKER' : 'HOLDER']: 1,
    CHILD: rules.children ? childrenAllowed : 0,
    ASSISTANT: 1,
  };
}

/** The card's own ticket, and no more of the others than it gives. */
function areAllowed(lines: readonly TicketLine[], book: OfflineBook, phone: KnownPhone): boolean {
  const allowed = allowedBy(book, phone);
  const own = phone.kind === 'COMMUNITY' ? 'COMMUNITY_WORKER' : 'HOLDER';
  const types = new Set(lines.map(({ type }) => type));
  return (
    types.size === lines.length &&
    types.has(own) &&
    lines.every(({ type, count }) => Number.isInteger(count) && count > 0 && count <= (allowed[type] ?? 0))
  );
}
