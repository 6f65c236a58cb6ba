import { fold } from '../../platform/pagination.ts';
import type { Text } from '../../platform/text.ts';

interface NameColumns {
  readonly name_fi: string | null;
  readonly name_sv: string | null;
  readonly name_en: string | null;
}

/** A name as columns, with its key of Finnish order. */
export function nameColumns(name: Text): NameColumns & { readonly name_key: string } {
  return {
    name_fi: name.fi,
    name_sv: name.sv,
    name_en: name.en,
    name_key: fold(name.fi ?? name.sv ?? name.en ?? ''),
  };
}

export function readName(row: NameColumns): Text {
  return { fi: row.name_fi, sv: row.name_sv, en: row.name_en };
}

/** What a search looks in: every name by which somebody may look for the thing, one per line. */
export function searchKey(names: readonly (string | null)[]): string {
  return [...new Set(names.filter((name) => name !== null).map(fold))].join('\n');
}
