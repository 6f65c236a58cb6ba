import { localDate } from '../../platform/clock.ts';
import { pickText, type Language, type Text } from '../../platform/text.ts';
import type { ExportWords } from '../domain/export-words.ts';
import { sheetDay } from '../domain/sheet-words.ts';
import type { Pages } from '../print/pages.ts';
import type { UseHistory } from './use-history.ts';

type Section = Pages['sections'][number];

/** What the holder said of visits, and the lines stood in, for reading; nothing where there is none. */
export function saidSections(
  { uses, waiting = [] }: UseHistory,
  words: ExportWords,
  language: Language,
): Section[] {
  const at = (venue: Text, title: Text): string =>
    [venue, title].map((text) => pickText(text, language).value).join(', ');
  const ratings = uses.flatMap(({ recordedAt, venue, title, stars }) => {
    const said = Object.entries(stars ?? {})
      .filter(([, value]) => value !== null)
      .map(([category, value]) => `${words.ratingName[category] ?? category} ${value}`);
    if (said.length === 0) return [];
    return [[sheetDay(localDate(recordedAt)), `${at(venue, title)}: ${said.join(', ')}`] as const];
  });
  const lines = waiting.map(
    ({ joinedAt, status, venue, title }) =>
      [
        sheetDay(localDate(joinedAt)),
        `${at(venue, title)}: ${words.waitingStatus[status] ?? status}`,
      ] as const,
  );
  return [
    { heading: words.ratings, rows: ratings },
    { heading: words.waiting, rows: lines },
  ].filter(({ rows }) => rows.length > 0);
}
