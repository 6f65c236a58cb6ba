import { orNull, readTable } from './table.ts';
import { plain, type FigureRow } from './figure-row.ts';
import { partnerFinder } from './partners.ts';

/** From January to the end of August 2025, as the headings of both tables say. */
const toAugust2025 = '2025-01/2025-08';

/** Cards issued and usage rate of each issuer. The rate is printed once per issuer, with no period. */
export function kuopioIssuerFigures(): FigureRow[] {
  const partnerPrintedAs = partnerFinder();
  const rows = readTable('kuopio_issuers', [
    'issuer',
    'municipality',
    'cards_issued_2024',
    'cards_issued_2025_to_aug',
    'usage_rate_pct',
    'as_of',
    'note',
    'source',
  ]);
  return rows.flatMap((row) => {
    const about = {
      ...plain,
      scope: row.issuer,
      partnerId: partnerPrintedAs('ISSUER', row.municipality, row.issuer),
      asOf: row.as_of,
      note: orNull(row.note),
      source: row.source,
    };
    return printed([
      { ...about, metric: 'cards_issued', period: '2024', printedValue: row.cards_issued_2024 },
      { ...about, metric: 'cards_issued', period: toAugust2025, printedValue: row.cards_issued_2025_to_aug },
      { ...about, metric: 'usage_rate_pct', unit: 'pct', printedValue: row.usage_rate_pct },
    ]);
  });
}

/** Uses of each venue by adults, children and together. Some rows print figures without their year: they have no period. */
export function kuopioVenueFigures(): FigureRow[] {
  const partnerPrintedAs = partnerFinder();
  const rows = readTable('kuopio_venues_usage', [
    'venue',
    'municipality',
    'adults_2024',
    'adults_2025_to_aug',
    'children_2024',
    'children_2025_to_aug',
    'total_2024',
    'total_2025_to_aug',
    'adults_year_not_stated',
    'children_year_not_stated',
    'total_year_not_stated',
    'restriction_or_note',
    'source',
  ]);
  return rows.flatMap((row) => {
    const about = {
      ...plain,
      scope: row.venue,
      partnerId: partnerPrintedAs('VENUE', row.municipality, row.venue),
      note: orNull(row.restriction_or_note),
      source: row.source,
    };
    return printed([
      { ...about, metric: 'uses_adults', period: '2024', printedValue: row.adults_2024 },
      { ...about, metric: 'uses_children', period: '2024', printedValue: row.children_2024 },
      { ...about, metric: 'uses', period: '2024', printedValue: row.total_2024 },
      { ...about, metric: 'uses_adults', period: toAugust2025, printedValue: row.adults_2025_to_aug },
      { ...about, metric: 'uses_children', period: toAugust2025, printedValue: row.children_2025_to_aug },
      { ...about, metric: 'uses', period: toAugust2025, printedValue: row.total_2025_to_aug },
      { ...about, metric: 'uses_adults', printedValue: row.adults_year_not_stated },
      { ...about, metric: 'uses_children', printedValue: row.children_year_not_stated },
      { ...about, metric: 'uses', printedValue: row.total_year_not_stated },
    ]);
  });
}

/** A blank cell is no figure. */
function printed(figures: readonly FigureRow[]): FigureRow[] {
  return figures.filter((figure) => figure.printedValue !== '');
}
