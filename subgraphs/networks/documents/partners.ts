import { networkOf } from './areas.ts';
import type { PartnerAlias, PartnerRole, PartnerYear } from '../domain/partner.ts';
import type { NewPartner } from '../service/register-partners.ts';
import { readTable, yesOrNo } from './table.ts';
import { municipalityId, partnerId } from './ids.ts';
import { readPrintings, type Printing } from './printings.ts';

interface AliasRow extends PartnerAlias {
  readonly role: PartnerRole;
  readonly municipality: string;
  readonly canonicalName: string;
}

/** The partners of all documents: every printing of one organisation's unit is one partner with its aliases. */
export function readPartners(): NewPartner[] {
  const aliases = readAliases();
  const groups = new Map<string, { name: string; printings: Printing[] }>();
  for (const printing of readPrintings()) {
    for (const name of canonicalNames(aliases, printing)) {
      const id = partnerId(printing.role, printing.municipality, name);
      const group = groups.get(id) ?? { name, printings: [] };
      group.printings.push(printing);
      groups.set(id, group);
    }
  }
  return [...groups].map(([id, { name, printings }]) => merge(id, name, printings, aliases));
}

/** Finds the partner that a printing in a table of figures means. */
export function partnerFinder(): (role: PartnerRole, municipality: string, printedAs: string) => string {
  const aliases = readAliases();
  return (role, municipality, printedAs) => {
    const [name = printedAs] = canonicalNames(aliases, { role, municipality, printedAs });
    return partnerId(role, municipality, name);
  };
}

/** The network of the venue with this canonical name. */
export function networkOfVenue(canonicalName: string): string {
  const printing = readPrintings().find(
    ({ role, printedAs }) => role === 'VENUE' && printedAs === canonicalName,
  );
  if (printing === undefined) throw new Error(`No document lists a venue ${canonicalName}.`);
  return networkOf(printing.municipality);
}

function readAliases(): AliasRow[] {
  return readTable('partner_aliases', [
    'role',
    'municipality',
    'canonical_name',
    'printed_as',
    'inferred',
    'basis',
    'source',
  ]).map((row) => ({
    role: row.role === 'issuer' ? 'ISSUER' : 'VENUE',
    municipality: row.municipality,
    canonicalName: row.canonical_name,
    printedAs: row.printed_as,
    inferred: yesOrNo(row.inferred),
    basis: row.basis,
    source: row.source,
  }));
}

/** Usually one name; one printing of the Kuopio list covers two units. */
function canonicalNames(
  aliases: readonly AliasRow[],
  { role, municipality, printedAs }: Pick<Printing, 'role' | 'municipality' | 'printedAs'>,
): string[] {
  const found = aliases.filter(
    (alias) => alias.role === role && alias.municipality === municipality && alias.printedAs === printedAs,
  );
  return found.length > 0 ? found.map((alias) => alias.canonicalName) : [printedAs];
}

function merge(
  id: string,
  name: string,
  printings: readonly Printing[],
  aliases: readonly AliasRow[],
): NewPartner {
  const [first] = printings;
  if (first === undefined) throw new Error(`${name} is printed nowhere.`);
  const { role, municipality } = first;
  return {
    id,
    role,
    name,
    organisation: firstKnown(printings, (printing) => printing.organisation),
    unit: firstKnown(printings, (printing) => printing.unit),
    kind: firstKnown(printings, (printing) => printing.kind),
    municipalityId: municipalityId(municipality),
    source: [...new Set(printings.map((printing) => printing.source))].join('; '),
    years: mergeYears(printings),
    aliases: aliases
      .filter(
        (alias) => alias.role === role && alias.municipality === municipality && alias.canonicalName === name,
      )
      .map(({ printedAs, inferred, basis, source }) => ({ printedAs, inferred, basis, source })),
  };
}

function firstKnown(
  printings: readonly Printing[],
  read: (printing: Printing) => string | null,
): string | null {
  return printings.map(read).find((value) => value !== null) ?? null;
}

function mergeYears(printings: readonly Printing[]): PartnerYear[] {
  const sources = new Map<number, string>();
  for (const { years, source } of printings) {
    for (const year of years) if (!sources.has(year)) sources.set(year, source);
  }
  return [...sources].sort(([a], [b]) => a - b).map(([year, source]) => ({ year, source }));
}
