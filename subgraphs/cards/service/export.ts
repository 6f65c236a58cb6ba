import { localDate } from '../../platform/clock.ts';
import type { Language } from '../../platform/text.ts';
import { cardStatus, type Card } from '../domain/card.ts';
import { formatCode } from '../domain/code.ts';
import { policy } from '../domain/policy.ts';
import { exportWords, type ExportWords } from '../domain/export-words.ts';
import { sheetDay, sheetWords, type SheetWords } from '../domain/sheet-words.ts';
import { printPages } from '../print/pages.ts';
import { findCard } from '../store/cards.ts';
import { findChanges, type CardChange } from '../store/changes.ts';
import { findPeriods, type CardPeriod } from '../store/periods.ts';
import { withMerged } from '../store/unlink.ts';
import type { CardsContext } from './context.ts';
import { saidSections } from './export-sections.ts';
import { accountOf, allReadings, type ReadingOfCard } from './holder-view.ts';
import { cardSection, limitSection, useSection } from './month-sheet.ts';
import { viewOfCard } from './read-card.ts';
import type { UseHistory } from './use-history.ts';

/** Newest looks that an export holds; a holder with more of them is told so, and pages through the rest. */
const maxReadings = 5_000;

/** What the register knows of one holder, with the uses that venues told of. Wellbeing answers cannot be among it. */
export interface HolderData {
  readonly card: Card;
  readonly email: string | null;
  readonly readings: readonly ReadingOfCard[];
  /** Whether there are older looks than these. */
  readonly readingsLeftOut: boolean;
  readonly history: UseHistory | null;
  /** Issues and renewals, also of registrations that were merged into this one. */
  readonly periods: readonly CardPeriod[];
  readonly changes: readonly CardChange[];
  /** Phones that show it now. */
  readonly phonesInUse: number;
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
    allReadings(context, cardId, maxReadings + 1),
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
    readings: readings.slice(0, maxReadings),
    readingsLeftOut: readings.length > maxReadings,
    history,
    periods: [...periods.values()].flat(),
    changes: [...changes.values()].flat(),
    phonesInUse: phones.filter(({ revoked_at }) => revoked_at === null).length,
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
    },
  };
}

/** One JSON document, with the names of the register. */
export function exportJson(
  { card, readings, readingsLeftOut, history, periods, changes, rest }: HolderData,
  { services }: CardsContext,
): string {
  const now = services.clock.now();
  const { holder, ...registration } = card;
  return JSON.stringify({
    exportedAt: now.toISOString(),
    card: { ...registration, status: cardStatus(card, localDate(now)) },
    holder,
    ...rest,
    periods,
    changes,
    uses: history?.uses ?? null,
    olderUsesLeftOut: history?.more ?? null,
    limits: history?.limits ?? null,
    waiting: history?.waiting ?? null,
    readings,
    olderReadingsLeftOut: readingsLeftOut,
    // Said, because it is looked for: what is not in it, and why.
    notes: { fi: exportWords.FI.notes, sv: exportWords.SV.notes, en: exportWords.EN.notes },
  });
}

/** The same for reading, as a PDF in base64; without the card's code, which would open a door to whoever finds the paper. */
export async function exportPdf(
  data: HolderData,
  { services }: CardsContext,
  language: Language,
): Promise<string> {
  const { card, history } = data;
  const words = sheetWords[language];
  const more = exportWords[language];
  const today = localDate(services.clock.now());
  const pdf = await printPages({
    language: words.language,
    title: words.exportTitle,
    sections: [
      await cardSection(services.database.reader, card, words, today),
      { heading: words.facts, rows: factRows(data, words, more) },
      ...(history
        ? [
            limitSection(history, words, language),
            useSection(history.uses, words, language),
            ...saidSections(history, more, language),
          ]
        : []),
      { heading: more.history, rows: historyRows(data, more) },
      { heading: words.readings, rows: readingRows(data, words, more) },
      { heading: more.about, rows: [...more.notes, more.noCode].map((note) => [note] as const) },
    ],
  });
  return pdf.toString('base64');
}

type Rows = readonly (readonly [string, string] | readonly [string])[];

function factRows(
  { card: { holder }, email, phonesInUse }: HolderData,
  words: SheetWords,
  more: ExportWords,
): Rows {
  const told = (holder?.background ?? []).map((word) => more.backgrounds[word]).join(', ');
  return [
    ...(holder
      ? ([
          [words.birthYear, String(holder.birthYear)],
          [words.postcode, holder.postcode],
          [words.children, String(holder.children)],
          [words.grandchildren, String(holder.grandchildren)],
        ] as const)
      : []),
    ...(told === '' ? [] : [[more.background, told] as const]),
    ...(email === null ? [] : [[words.email, email] as const]),
    [more.phones, String(phonesInUse)],
  ];
}

/** Issues, renewals and changes by their day, the first one first. */
function historyRows({ periods, changes }: HolderData, more: ExportWords): Rows {
  const days = [
    ...periods.map(
      ({ event, handedOn }) => [handedOn, event === 'ISSUED' ? more.issued : more.renewed] as const,
    ),
    ...changes.map(({ kind, at }) => [localDate(at), more.changes[kind]] as const),
  ];
  return days
    .toSorted(([one], [other]) => (one < other ? -1 : Number(one > other)))
    .map(([day, what]) => [sheetDay(day), what] as const);
}

const maxPrintedReadings = 200;

function readingRows({ readings, readingsLeftOut }: HolderData, words: SheetWords, more: ExportWords): Rows {
  if (readings.length === 0) return [[words.noReadings]];
  const rows = readings
    .slice(0, maxPrintedReadings)
    .map(({ at, purpose }) => [sheetDay(localDate(at)), words.purpose[purpose]] as const);
  return readingsLeftOut || readings.length > maxPrintedReadings ? [...rows, [more.olderReadings]] : rows;
}
