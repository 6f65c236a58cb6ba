import { localDate } from '../../platform/clock.ts';
import { forbidden } from '../../platform/errors.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { figureMaker, scopeKey, type Figure, type FigureMaker, type FigureScope } from '../domain/figure.ts';
import { policy } from '../domain/policy.ts';
import type { CardsReader } from '../store/database.ts';
import { issuerFigures, validByIssuer } from '../store/figures.ts';
import { findIssuers } from '../store/issuers.ts';
import type { CardsContext } from './context.ts';
import {
  byMonth,
  countKeys,
  countsOf,
  monthsOf,
  nationTable,
  sumOfMonths,
  validTable,
} from './figure-tables.ts';
import type { CountKey, NationTable, Sums, ValidNow } from './figure-tables.ts';
import { readId, readYear } from './input.ts';
import { issuersIn, type IssuerPart } from './issuers-in.ts';

export type CountFigures = Readonly<Record<CountKey, Figure>> & { readonly unusedShare: Figure };

export interface MonthFigures extends CountFigures {
  readonly month: string;
}

export interface PartFigures extends CountFigures {
  /** An issuer's id in a network, a network's in the nation. */
  readonly id: string;
  readonly validNow: Figure;
}

export interface YearFigures extends CountFigures {
  readonly scope: FigureScope;
  readonly key: string;
  readonly year: number;
  readonly asOf: IsoInstant;
  readonly validNow: Figure;
  /** Null for an issuer's figures in other eyes than its own. */
  readonly months: readonly MonthFigures[] | null;
  readonly parts: readonly PartFigures[];
}

/** One year's figures of cards. Throws BAD_INPUT, and FORBIDDEN for a scope that is not the viewer's to read. */
export async function yearFigures(
  context: CardsContext,
  scope: FigureScope,
  year: number,
): Promise<YearFigures> {
  const found = await readableFigures(context, scope, year);
  if (!found) throw forbidden();
  return found;
}

/** The same; null for a scope that is not the viewer's to read, as for one that does not exist. */
export async function readableFigures(
  context: CardsContext,
  scope: FigureScope,
  year: number,
): Promise<YearFigures | null> {
  const { services, viewer } = context;
  const db = services.database.reader;
  if (scope.kind !== 'NATION') readId('id', scope.id);
  readYear(year);
  const [issuer] = scope.kind === 'ISSUER' ? await findIssuers(db, [scope.id]) : [];
  if (!policy.readFigures(viewer, scope, issuer?.networkId ?? null)) return null;
  const now = services.clock.now();
  const asOf = now.toISOString();
  const view = { db, year, today: localDate(now), make: figureMaker(scope, asOf), asOf };
  const found = await (scope.kind === 'NATION'
    ? nation(view)
    : scope.kind === 'NETWORK'
      ? network(view, scope.id)
      : policy.ownFigures(viewer, scope)
        ? ownIssuer(view, scope.id)
        : othersIssuer(view, scope.id, issuer?.networkId ?? ''));
  return { scope, key: scopeKey(scope), year, asOf, ...found };
}

interface View {
  readonly db: CardsReader;
  readonly year: number;
  readonly today: string;
  readonly asOf: IsoInstant;
  readonly make: FigureMaker;
}

type Found = Omit<YearFigures, 'scope' | 'key' | 'year' | 'asOf'>;

async function ownIssuer({ db, year, today, make }: View, id: string): Promise<Found> {
  const sums = byMonth(await issuerFigures(db, [id], [year]), year);
  const [valid] = await validByIssuer(db, [id], today);
  const open = (): boolean => false;
  return {
    ...counted(make, String(year), sumOfMonths(sums), open),
    validNow: make('validNow', today, valid?.cards ?? 0),
    months: monthsOf(year).map((month, at) => ({ month, ...counted(make, month, sums[at], open) })),
    parts: [],
  };
}

/** What a coordinator sees of one issuer: its line in the list of the network, hidden where it is hidden there. */
async function othersIssuer(view: View, id: string, networkId: string): Promise<Found> {
  const { make, today } = view;
  const tables = await nationTable(view.db, view.year);
  const valid = (await validTable(view.db, today)).networks.get(networkId);
  const part = (await issuersIn(view.db, tables, networkId, view, valid)).find((one) => one.id === id);
  return { ...ofPart(view, part), validNow: validFigure(make, today, part?.valid), months: null, parts: [] };
}

async function network(view: View, id: string): Promise<Found> {
  const { db, year, today, asOf } = view;
  const tables = await nationTable(db, year);
  const valid = (await validTable(db, today)).networks.get(id);
  const issuers = await issuersIn(db, tables, id, view, valid);
  return {
    ...networkRow(view, tables, id),
    validNow: validFigure(view.make, today, valid),
    parts: issuers.map((part) => {
      const make = figureMaker({ kind: 'ISSUER', id: part.id }, asOf);
      return {
        id: part.id,
        ...ofPart({ ...view, make }, part),
        validNow: validFigure(make, today, part.valid),
      };
    }),
  };
}

async function nation(view: View): Promise<Found> {
  const { db, year, today, make, asOf } = view;
  const tables = await nationTable(db, year);
  const valid = await validTable(db, today);
  const column = (at: number): Sums => sumOfMonths(tables.sums.flatMap((months) => months[at] ?? []));
  return {
    ...counted(make, String(year), sumOfMonths(tables.sums.flat()), (key) => tables.safe(key).total),
    validNow: validFigure(make, today, valid.nation),
    months: monthsOf(year).map((month, at) => ({
      month,
      ...counted(make, month, column(at), (key) => tables.safe(key).columnsClosed),
    })),
    parts: tables.networks
      .filter((id) => id !== '')
      .map((id) => {
        const part = { ...view, make: figureMaker({ kind: 'NETWORK', id }, asOf) };
        const { months: _months, ...counts } = networkRow(part, tables, id);
        return { id, ...counts, validNow: validFigure(part.make, today, valid.networks.get(id)) };
      }),
  };
}

function networkRow(
  { make, year }: View,
  tables: NationTable,
  id: string,
): Omit<Found, 'validNow' | 'parts'> {
  const row = tables.networks.indexOf(id);
  const sums = tables.sums[row] ?? byMonth([], year);
  return {
    ...counted(make, String(year), sumOfMonths(sums), (key) => tables.safe(key).rows[row] ?? false),
    months: monthsOf(year).map((month, at) => ({
      month,
      ...counted(make, month, sums[at], (key) => tables.safe(key).closed[row] ?? false),
    })),
  };
}

function ofPart({ make, year }: View, part: IssuerPart | undefined): CountFigures {
  return counted(make, String(year), part?.sums, (key) => part?.hidden[key] ?? false);
}

function validFigure(make: FigureMaker, today: string, valid: ValidNow | undefined): Figure {
  return make('validNow', today, valid?.cards ?? 0, valid?.hidden ?? false);
}

function counted(
  make: FigureMaker,
  period: string,
  sums: Sums | undefined,
  hidden: (key: CountKey) => boolean,
): CountFigures {
  const count = (key: CountKey): number => (sums ? (countsOf(sums, key)[0] ?? 0) : 0);
  const [issued, renewed, takenIntoUse, unused] = countKeys.map((key) =>
    make(key, period, count(key), hidden(key)),
  ) as [Figure, Figure, Figure, Figure];
  const handed = sums ? sums.ISSUED - sums.MERGED : 0;
  const share = handed > 0 ? count('unused') / handed : null;
  return {
    issued,
    renewed,
    takenIntoUse,
    unused,
    unusedShare: make('unusedShare', period, share, unused.suppressed || issued.suppressed),
  };
}
