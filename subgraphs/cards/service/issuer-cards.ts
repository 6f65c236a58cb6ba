import { localDate } from '../../platform/clock.ts';
import { badInput, forbidden } from '../../platform/errors.ts';
import {
  emptyPage,
  encodeCursor,
  mapPage,
  pageSize,
  type Page,
  type PageArgs,
} from '../../platform/pagination.ts';
import { isRefusal } from '../../platform/refusals.ts';
import type { LocalDate } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { cardStatus, type CardKind, type CardStatus } from '../domain/card.ts';
import { formatCode, parseCode } from '../domain/code.ts';
import { deskLimits, maxSoonDays, soonDays, type DeskFilter } from '../domain/desk.ts';
import { policy } from '../domain/policy.ts';
import {
  findCodesInUse,
  findIssuerCardByCode,
  listIssuerCards,
  mostCounted,
  type IssuerCardRow,
} from '../store/issuer-cards.ts';
import { countingMisses, tooManyMisses } from './desk-attempts.ts';
import { readId, readTypedCode, wholeNumber } from './input.ts';
import type { CardsServices } from './services.ts';

export { mostCounted };

export interface IssuerCardsArgs extends PageArgs {
  readonly issuerId: string;
  readonly filter?: DeskFilter | null | undefined;
  /** For EXPIRING_SOON, 0 to 366; 30 without it. */
  readonly withinDays?: number | null | undefined;
  /** A whole code, as typed or scanned: the one card that has or had it. */
  readonly code?: string | null | undefined;
}

/** A card in a unit's list: enough to find the right one, and no facts of its holder. */
export interface IssuerCard {
  readonly id: string;
  readonly kind: CardKind;
  readonly status: CardStatus;
  readonly issuedOn: LocalDate;
  readonly validUntil: LocalDate;
  readonly used: boolean;
  /** The last group of the code in use: what tells two cards apart on a screen that others may see. */
  readonly codeEnding: string | null;
}

/** A unit's own cards by their last day. For its own staff; throws BAD_INPUT, FORBIDDEN, and TOO_MANY_MISSES for a code. */
export async function issuerCards(
  services: CardsServices,
  viewer: Viewer,
  { filter, withinDays, code, ...args }: IssuerCardsArgs,
): Promise<Page<IssuerCard>> {
  const issuerId = readId('issuerId', args.issuerId);
  const days = wholeNumber('withinDays', withinDays ?? soonDays, 0, maxSoonDays);
  if (!policy.readDesk(viewer, issuerId)) throw forbidden();
  const { database, clock } = services;
  const db = database.reader;
  const today = localDate(clock.now());
  const page =
    typeof code === 'string'
      ? await searchByCode(services, viewer, { issuerId, typed: code, args })
      : await listIssuerCards(db, issuerId, deskLimits(filter ?? null, today, days), args);
  const codes = await findCodesInUse(
    db,
    page.items.map(({ id }) => id),
  );
  return mapPage(page, (row) => {
    const inUse = codes.get(row.id);
    const status = cardStatus(row, today);
    return { ...row, status, codeEnding: inUse === undefined ? null : formatCode(inUse).slice(-4) };
  });
}

/** A miss counts; a code of another unit is none of this unit's cards, like a code that nobody has. */
async function searchByCode(
  services: CardsServices,
  viewer: Viewer,
  { issuerId, typed, args }: { readonly issuerId: string; readonly typed: string; readonly args: PageArgs },
): Promise<Page<IssuerCardRow>> {
  pageSize(args);
  const code = parseCode(readTypedCode(typed));
  if (isRefusal(code)) {
    throw badInput('There is a typing mistake in the card code: check it and type it again.', {
      field: 'code',
      problem: String(code.facts['problem']),
    });
  }
  const isMiss = (found: IssuerCardRow | null): boolean => found === null;
  const row = await countingMisses(services, viewer, isMiss, () =>
    findIssuerCardByCode(services.database.reader, issuerId, code),
  );
  if (isRefusal(row)) throw tooManyMisses(row);
  if (!row) return emptyPage();
  const order = [
    { column: 'valid_until', as: 'validUntil', direction: 'asc' },
    { column: 'id', as: 'id', direction: 'asc' },
  ] as const;
  return { ...emptyPage(), items: [row], cursors: [encodeCursor(row, order)], totalCount: 1 };
}
