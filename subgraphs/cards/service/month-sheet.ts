import { localDate } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import { isRefusal, type Refusal } from '../../platform/refusals.ts';
import { pickText, type Language } from '../../platform/text.ts';
import type { LocalDate } from '../../platform/units.ts';
import { checkServable, type AccountRefusalCode } from '../domain/account.ts';
import { cardStatus, type Card } from '../domain/card.ts';
import { policy } from '../domain/policy.ts';
import { sheetDay, sheetWords, type SheetWords } from '../domain/sheet-words.ts';
import { yearOf } from '../domain/validity.ts';
import { printPages, type Pages } from '../print/pages.ts';
import { usesInYear } from '../store/card-years.ts';
import { findCard } from '../store/cards.ts';
import type { CardsReader } from '../store/database.ts';
import { logRead } from '../store/read-log.ts';
import type { CardsContext } from './context.ts';
import { decide } from './decide.ts';
import { readId, readWord } from './input.ts';
import { readingBy } from './note-reading.ts';
import type { UseHistory } from './use-history.ts';

export interface PrintedSheet {
  /** PDF, base64. */
  readonly pdf: string;
}

type Section = Pages['sections'][number];

const languages = ['FI', 'SV', 'EN'] as const;
/** What fits on some pages of paper. */
const maxPrintedUses = 100;

/**
 * The month sheet that the issuing unit prints for a holder: validity, children, how often, and not where. What limits leave
 * would tell of courses, so that too stands only on the holder's own sheet. Throws BAD_INPUT and NOT_FOUND.
 */
export async function printMonthSheet(
  { services, viewer, requestId }: CardsContext,
  input: { readonly cardId: string; readonly language: string },
): Promise<PrintedSheet | Refusal<AccountRefusalCode>> {
  const cardId = readId('cardId', input.cardId);
  const words = sheetWords[readWord('language', input.language, languages)];
  const now = services.clock.now();
  const sections = await decide(services.database, async (trx) => {
    const card = await findCard(trx, cardId);
    if (!card || !policy.serveHolder(viewer, card)) throw notFound('card', cardId);
    const no = checkServable(card);
    if (no) return no;
    const look = { cardId, purpose: 'SERVED_HOLDER', fields: ['children', 'grandchildren'] } as const;
    await logRead(trx, readingBy(viewer, { ...look, requestId, at: now.toISOString() }));
    return [await cardSection(trx, card, words, localDate(now))];
  });
  if (isRefusal(sections)) return sections;
  const where: Section = { heading: words.uses, rows: [[words.notShown]] };
  return print(words, words.title, [...sections, where]);
}

/** The holder's own month sheet, with what the card was used for this year and what is left. Null for everybody else. */
export async function ownMonthSheet(
  { services, viewer }: CardsContext,
  cardId: string,
  { language, history }: { readonly language: Language; readonly history: UseHistory | null },
): Promise<string | null> {
  if (!policy.readOwn(viewer, cardId)) return null;
  const db = services.database.reader;
  const card = await findCard(db, cardId);
  if (!card) return null;
  const words = sheetWords[language];
  const today = localDate(services.clock.now());
  const year = String(yearOf(today));
  const uses = history?.uses.filter(({ recordedAt }) => localDate(recordedAt).startsWith(year)) ?? [];
  const sections = [
    await cardSection(db, card, words, today),
    ...(history ? [limitSection(history, words, language), useSection(uses, words, language)] : []),
  ];
  return (await print(words, words.title, sections)).pdf;
}

/** Validity, children and how often: what stands on every sheet. */
export async function cardSection(
  db: CardsReader,
  card: Card,
  words: SheetWords,
  today: LocalDate,
): Promise<Section> {
  const { uses } = await db
    .selectFrom('card')
    .select('uses')
    .where('id', '=', card.id)
    .executeTakeFirstOrThrow();
  const children = card.holder ? card.holder.children + card.holder.grandchildren : 0;
  return {
    heading: words.card,
    rows: [
      [words.statusName, words.status[cardStatus(card, today)]],
      [words.validUntil, sheetDay(card.validUntil)],
      [words.children, String(children)],
      [words.usesThisYear, String(await usesInYear(db, card.id, yearOf(today)))],
      [words.usesEver, String(uses)],
      [words.printedOn, sheetDay(today)],
    ],
  };
}

export function limitSection({ limits }: UseHistory, words: SheetWords, language: Language): Section {
  const rows = limits.map(({ key, venue, left, allowed }): readonly [string, string] => {
    const at = venue ? `, ${pickText(venue, language).value}` : '';
    return [`${words.limitName[key] ?? key}${at}`, words.left(left, allowed)];
  });
  return { heading: words.limits, rows: rows.length > 0 ? rows : [[words.noLimits]] };
}

export function useSection(uses: UseHistory['uses'], words: SheetWords, language: Language): Section {
  const rows = uses.slice(0, maxPrintedUses).map(({ recordedAt, status, venue, title }) => {
    const name = [venue, title].map((text) => pickText(text, language).value).join(', ');
    const cancelled = status === 'CANCELLED' ? ` (${words.cancelled})` : '';
    return [sheetDay(localDate(recordedAt)), `${name}${cancelled}`] as const;
  });
  if (rows.length === 0) return { heading: words.uses, rows: [[words.noUses]] };
  return {
    heading: words.uses,
    rows: uses.length > maxPrintedUses ? [...rows, [words.olderUses]] : rows,
  };
}

async function print(
  { language }: SheetWords,
  title: string,
  sections: readonly Section[],
): Promise<PrintedSheet> {
  return { pdf: (await printPages({ language, title, sections })).toString('base64') };
}
