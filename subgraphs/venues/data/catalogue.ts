import { readCsv } from '../../platform/assets.ts';
import type { Text } from '../../platform/text.ts';
import {
  venueCategories,
  venueKinds,
  venueTypes,
  type VenueCategory,
  type VenueKind,
  type VenueType,
} from '../domain/words.ts';

/** A real venue of the documents, under the one name that the service uses for it. */
export interface CatalogueVenue {
  readonly canonicalName: string;
  readonly slug: string;
  /** Swedish and English only where an established name is known. */
  readonly name: Text;
  readonly kind: VenueKind;
  readonly type: VenueType;
  readonly category: VenueCategory;
  /** Null: the documents name none. */
  readonly municipality: string | null;
  /** Key of the network that the municipality is in; null for pop-ups, which are outside every network. */
  readonly network: string | null;
  readonly locality: string | null;
  readonly popUpPeriod: string | null;
  readonly aliases: readonly string[];
  readonly sources: readonly string[];
}

export interface CatalogueGenre {
  readonly key: string;
  readonly parent: string | null;
  readonly name: Text;
}

const folder = 'subgraphs/venues/data';

/** All venues of data/venue_catalogue.csv. Throws on a word that is not one of the field's words. */
export function readCatalogue(): CatalogueVenue[] {
  return readCsv<Record<string, string>>(`${folder}/venue_catalogue.csv`).map((row) => {
    const canonicalName = printed(row, 'canonical_name');
    return {
      canonicalName,
      slug: printed(row, 'slug'),
      name: { fi: canonicalName, sv: optional(row, 'name_sv'), en: optional(row, 'name_en') },
      kind: oneOf(venueKinds, printed(row, 'kind')),
      type: oneOf(venueTypes, printed(row, 'type')),
      category: oneOf(venueCategories, printed(row, 'category')),
      municipality: optional(row, 'municipality'),
      network: optional(row, 'network'),
      locality: optional(row, 'locality'),
      popUpPeriod: optional(row, 'pop_up_period'),
      aliases: list(row, 'aliases'),
      sources: list(row, 'sources'),
    };
  });
}

/** The genres of data/genres.csv, parents before their sub-genres. */
export function readGenres(): CatalogueGenre[] {
  return readCsv<Record<string, string>>(`${folder}/genres.csv`).map((row) => ({
    key: printed(row, 'key'),
    parent: optional(row, 'parent'),
    name: { fi: printed(row, 'name_fi'), sv: printed(row, 'name_sv'), en: printed(row, 'name_en') },
  }));
}

function optional(row: Record<string, string>, column: string): string | null {
  const value = row[column];
  return value === undefined || value === '' ? null : value;
}

function printed(row: Record<string, string>, column: string): string {
  const value = optional(row, column);
  if (value === null) throw new Error(`The column ${column} is empty in a row of ${folder}.`);
  return value;
}

/** Names contain commas, so a list of them is parted by bars. */
function list(row: Record<string, string>, column: string): string[] {
  return optional(row, column)?.split('|') ?? [];
}

function oneOf<Word extends string>(words: readonly Word[], value: string): Word {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new Error(`${value} is not one of ${words.join(', ')}.`);
  return found;
}
