import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import { bigNetwork, bigUnit } from './fill.ts';

export interface BenchQuery {
  readonly name: string;
  readonly viewer: Viewer;
  readonly source: string;
}

const staff: Viewer = { role: 'ISSUER_STAFF', issuerId: bigUnit };
const coordinator: Viewer = { role: 'COORDINATOR', networkId: bigNetwork };
const national: Viewer = { role: 'NATIONAL' };

const counts = `issued { value suppressed definition { pick(language: FI) { value } } } renewed { value } takenIntoUse { value }
  unused { value } unusedShare { value } validNow { value }`;
const months = 'months { month issued { value } renewed { value } takenIntoUse { value } unused { value } }';
const parts = 'parts { id issued { value } takenIntoUse { value } unused { value } validNow { value } }';
const rows =
  'nodes { id kind status issuedOn validUntil used codeEnding } pageInfo { hasNextPage endCursor }';

function list(name: string, args: string, fields = rows): BenchQuery {
  const source = `{ issuerCards(issuerId: "${bigUnit}"${args}) { ${fields} } }`;
  return { name, viewer: staff, source };
}

/** Everything that an issuer's screen asks, and the figures that a coordinator and the national centre ask. */
export function queriesFor({
  code,
  cardId,
}: {
  readonly code: string;
  readonly cardId: string;
}): BenchQuery[] {
  const unused = 'cards { value } share { value } bands { fromDays cards { value } }';
  return [
    list('list', ''),
    list('list with its length', '', `${rows} totalCount`),
    ...['VALID', 'EXPIRING_SOON', 'EXPIRED', 'SUSPENDED', 'NEVER_USED'].map((filter) =>
      list(`list ${filter}`, `, filter: ${filter}`),
    ),
    list('search by code', `, code: "${code}"`),
    {
      name: 'card with history',
      viewer: staff,
      source: `{ card(id: "${cardId}") { id kind status issuedOn validUntil holder { birthYear children }
        periods { event handedOn validUntil } changes { kind at } } }`,
    },
    {
      name: 'own figures',
      viewer: staff,
      source: `{ issuerFigures(issuerId: "${bigUnit}", year: 2026) { ${counts} ${months} } }`,
    },
    {
      name: 'unused cards',
      viewer: staff,
      source: `{ unusedCardsOfIssuer(issuerId: "${bigUnit}") { ${unused} } }`,
    },
    {
      name: 'network figures',
      viewer: coordinator,
      source: `{ networkFigures(networkId: "${bigNetwork}", year: 2026) { ${counts} ${months} ${parts} } }`,
    },
    {
      name: 'nation figures',
      viewer: national,
      source: `{ nationFigures(year: 2026) { ${counts} ${months} ${parts} } }`,
    },
  ];
}
