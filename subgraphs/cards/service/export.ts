import { localDate } from '../../platform/clock.ts';
import type { Language } from '../../platform/text.ts';
import { cardStatus, type Card } from '../domain/card.ts';
import { formatCode } from '../domain/code.ts';
import { policy } from '../domain/policy.ts';
import { sheetDay, sheetWords, type SheetWords } from '../domain/sheet-words.ts';
import { printPages } from '../print/pages.ts';
import { findCard } from '../store/cards.ts';
import { findChanges } from '../store/changes.ts';
import { findPeriods } from '../store/periods.ts';
import { withMerged } from '../store/unlink.ts';
import type { CardsContext } from './context.ts';
import { accountOf, allReadings, type ReadingOfCard } from './holder-view.ts';
import { cardSection, limitSection, useSection } from './month-sheet.ts';
import { viewOfCard } from './read-card.ts';
import type { UseHistory } from './use-history.ts';

/** Newest looks that an export holds; a holder with more of them pages through the rest. */
const maxReadings = 5_000;

/** Everything that the service knows of one holder. */
export interface HolderData {
  readonly card: Card;
  readonly email: string | null;
  readonly readings: readonly ReadingOfCard[];
  readonly history: UseHistory | null;
  /** What goes into the JSON as it is. */
  readonly rest: Readonly<Record<string, unknown>>;
}

/** What the holder may take along, for the holder alone, else null. `history` is what venues told; it decides nothing. */
export async function holderData(
  context: CardsContext,
  cardId: string,
  history: UseHistory | null,
): Promise<HolderData | null> {
  const { services, viewer } = context;
  if (!policy.readOwn(viewer, cardId)) return null;
  const db = services.database.reader;
  const today = localDate(services.clock.now());
  const card = await findCard(db, cardId);
  const view = card && viewOfCard(viewer, card, today);
  if (!view) return null;
  const ids = await withMerged(db, cardId);
  const [account, readings, periods, changes, codes, phones] = await Promise.all([
    accountOf(context, view),
    allReadings(context, cardId, maxReadings),
    findPeriods(db, ids),
    findChanges(db, ids),
    db
      .selectFrom('card_code')
      .select(['code', 'active', 'given_at'])
      .where('card_id', 'in', ids)
      .orderBy('given_at')
      .execute(),
    db
      .selectFrom('phone')
      .select(['enrolled_at', 'revoked_at'])
      .where('card_id', 'in', ids)
      .orderBy('enrolled_at')
      .execute(),
  ]);
  return {
    card,
    email: account?.email ?? null,
    readings,
    history,
    rest: {
      account,
      codes: codes.map(({ code, active, given_at }) => ({
        code: formatCode(code),
        inUse: active === 1,
        givenAt: given_at,
      })),
      phones: phones.map(({ enrolled_at, revoked_at }) => ({
        enrolledAt: enrolled_at,
        revokedAt: revoked_at,
      })),
      periods: [...periods.values()].flat(),
      changes: [...changes.values()].flat(),
    },
  };
}

/** One JSON document, with the names of the register. */
export function exportJson(
  { card, readings, history, rest }: HolderData,
  { services }: CardsContext,
): string {
  const now = services.clock.now();
  const { holder, ...registration } = card;
  return JSON.stringify({
    exportedAt: now.toISOString(),
    card: { ...registration, status: cardStatus(card, localDate(now)) },
    holder,
    ...rest,
    uses: history?.uses ?? null,
    olderUsesLeftOut: history?.more ?? null,
    limits: history?.limits ?? null,
    readings,
    // Said, because it is looked for: answers were taken away from the card when they were given.
    wellbeing: 'Answers are kept without the card and cannot be joined to it.',
  });
}

/** The same for reading, as a PDF in base64. */
export async function exportPdf(
  { card, email, readings, history }: HolderData,
  { services }: CardsContext,
  language: Language,
): Promise<string> {
  const words = sheetWords[language];
  const today = localDate(services.clock.now());
  const pdf = await printPages({
    language: words.language,
    title: words.exportTitle,
    sections: [
      await cardSection(services.database.reader, card, words, today),
      { heading: words.facts, rows: factRows(card, email, words) },
      ...(history ? [limitSection(history, words, language), useSection(history.uses, words, language)] : []),
      { heading: words.readings, rows: readingRows(readings, words) },
    ],
  });
  return pdf.toString('base64');
}

type Rows = readonly (readonly [string, string] | readonly [string])[];

function factRows({ holder }: Card, email: string | null, words: SheetWords): Rows {
  return [
    ...(holder
      ? ([
          [words.birthYear, String(holder.birthYear)],
          [words.postcode, holder.postcode],
          [words.children, String(holder.children)],
          [words.grandchildren, String(holder.grandchildren)],
        ] as const)
      : []),
    ...(email === null ? [] : [[words.email, email] as const]),
  ];
}

const maxPrintedReadings = 200;

function readingRows(readings: readonly ReadingOfCard[], words: SheetWords): Rows {
  if (readings.length === 0) return [[words.noReadings]];
  return readings
    .slice(0, maxPrintedReadings)
    .map(({ at, purpose }) => [sheetDay(localDate(at)), words.purpose[purpose]] as const);
}
