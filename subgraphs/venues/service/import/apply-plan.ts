import { appendEvents, type NewEvent } from '../../../platform/events/index.ts';
import { stableId } from '../../../platform/ids.ts';
import type { IsoInstant } from '../../../platform/units.ts';
import type { NewOffering } from '../../domain/catalogue.ts';
import type { DateChange, Plan } from '../../domain/import/plan.ts';
import type { ImportRow, OfferingRow } from '../../domain/import/row.ts';
import { noFacts, type OfferingFacts } from '../../domain/offering-facts.ts';
import { insertOfferings } from '../../store/catalogue.ts';
import type { VenuesTransaction } from '../../store/database.ts';
import { saveImported, setOffering } from '../../store/imports.ts';
import { changeCap } from '../../store/ledger.ts';
import { movePerformance, setTickets } from '../../store/move-performances.ts';
import {
  findOfferingFacts,
  insertOfferingFacts,
  saveOffering,
  saveOfferingFacts,
} from '../../store/offering-facts.ts';
import { findOfferings, findPerformances } from '../../store/offerings.ts';
import { groupBy } from '../group.ts';
import { movedEvents } from '../move-performance.ts';
import { placesFreed } from '../places-freed.ts';
import { shownEvent } from '../shown-event.ts';

/** Where and how a plan is carried out. */
export interface Applying {
  readonly venueId: string;
  readonly publish: boolean;
  readonly genreIds: ReadonlyMap<string, string>;
  readonly at: IsoInstant;
}

export const offeringIdOf = (venueId: string, key: string): string =>
  stableId('imported-offering', venueId, key);
export const performanceIdOf = (venueId: string, key: string): string =>
  stableId('imported-performance', venueId, key);

/** Writes what is planned: new rows by sets, each date with its counter; changes one by one, with their events. */
export async function applyPlan(trx: VenuesTransaction, plan: Plan, applying: Applying): Promise<void> {
  const { venueId, at, publish } = applying;
  const offerings = newOfferings(plan, applying);
  await insertOfferings(trx, offerings, at);
  const events: NewEvent[] = [];
  const created = new Set(plan.newOfferings.map(({ key }) => offeringIdOf(venueId, key)));
  await insertOfferingFacts(
    trx,
    plan.newOfferings.map(({ key, offering }) => ({
      facts: { ...factsOf(offeringIdOf(venueId, key), offering), firstPublishedAt: publish ? at : null },
      createdFrom: null,
    })),
    at,
  );
  if (publish)
    events.push(...offerings.filter(({ id }) => created.has(id)).map((each) => shownEvent(each, true)));
  for (const { offeringId, offering, fields } of plan.changedOfferings) {
    await changeOffering(trx, offeringId, offering, fields, applying);
  }
  for (const change of plan.changedDates) events.push(...(await changeDate(trx, change, applying)));
  await appendEvents(trx, events, at);
  await saveImported(trx, [
    ...[...plan.newOfferings, ...plan.changedOfferings].map(({ key, offering }) => ({
      venue_id: venueId,
      kind: 'OFFERING' as const,
      external_key: key,
      target_id: offeringIdOf(venueId, key),
      facts: JSON.stringify(offering),
      at,
    })),
    ...[...plan.newDates, ...plan.changedDates.map(({ row }) => row)].map(({ key, date }) => ({
      venue_id: venueId,
      kind: 'PERFORMANCE' as const,
      external_key: key,
      target_id: performanceIdOf(venueId, key),
      facts: JSON.stringify(date),
      at,
    })),
  ]);
}

/** Every production that gets a date or is new; one that is known already keeps what it says. */
function newOfferings(plan: Plan, { venueId, publish, genreIds }: Applying): NewOffering[] {
  const datesOf = groupBy(plan.newDates, ({ date }) => date.offeringKey);
  const said = new Map(plan.newOfferings.map(({ key, offering }) => [key, offering]));
  const keys = new Set([...said.keys(), ...datesOf.keys()]);
  return [...keys].flatMap((key): NewOffering[] => {
    const dates = datesOf.get(key) ?? [];
    const isNew = said.get(key);
    const offering = isNew ?? dates[0]?.offering;
    if (!offering) return [];
    return [
      {
        id: offeringIdOf(venueId, key),
        venueId,
        kind: 'PRODUCTION',
        title: offering.title,
        description: offering.description,
        published: publish,
        demo: false,
        oncePerProduction: false,
        genreIds: isNew ? idsOf(offering.genres, genreIds) : [],
        performances: dates.map((row) => newPerformance(venueId, row)),
      },
    ];
  });
}

function newPerformance(venueId: string, { key, date }: ImportRow): NewOffering['performances'][number] {
  const { startsAt, endsAt, tickets, ticketBasis, cap } = date;
  // A cap that the file does not say is the venue's default.
  return { id: performanceIdOf(venueId, key), startsAt, endsAt, tickets, ticketBasis, cap: cap ?? undefined };
}

const idsOf = (keys: readonly string[], ids: ReadonlyMap<string, string>): string[] => [
  ...new Set(keys.flatMap((key) => ids.get(key) ?? [])),
];

function factsOf(offeringId: string, { ageFrom, ageTo, languages, images }: OfferingRow): OfferingFacts {
  return { ...noFacts(offeringId), ageFrom, ageTo, languages, images };
}

async function changeOffering(
  trx: VenuesTransaction,
  id: string,
  said: OfferingRow,
  fields: readonly (keyof OfferingRow)[],
  { at, genreIds }: Applying,
): Promise<void> {
  const [before] = await findOfferings(trx, [id]);
  if (!before) throw new Error(`The imported offering ${id} is gone.`);
  const [facts = noFacts(id)] = await findOfferingFacts(trx, [id]);
  const isSaid = (field: keyof OfferingRow): boolean => fields.includes(field);
  await saveOffering(
    trx,
    {
      ...before,
      title: isSaid('title') ? said.title : before.title,
      description: isSaid('description') ? said.description : before.description,
    },
    isSaid('genres') ? idsOf(said.genres, genreIds) : null,
  );
  const changed: OfferingFacts = {
    ...facts,
    ageFrom: isSaid('ageFrom') ? said.ageFrom : facts.ageFrom,
    ageTo: isSaid('ageTo') ? said.ageTo : facts.ageTo,
    languages: isSaid('languages') ? said.languages : facts.languages,
    images: isSaid('images') ? said.images : facts.images,
  };
  await saveOfferingFacts(trx, changed, at);
}

/** The events of the move, if it is one. */
async function changeDate(
  trx: VenuesTransaction,
  { row, known, fields }: DateChange,
  { venueId, at }: Applying,
): Promise<NewEvent[]> {
  const { date, offering } = row;
  const id = known.performanceId;
  const [before] = await findPerformances(trx, [id]);
  if (!before) throw new Error(`The imported performance ${id} is gone.`);
  if (fields.includes('tickets') || fields.includes('ticketBasis')) await setTickets(trx, id, date);
  if (fields.includes('offeringKey')) await setOffering(trx, id, offeringIdOf(venueId, date.offeringKey));
  if (fields.includes('cap')) {
    if (!(await changeCap(trx, id, date.cap, at))) {
      throw new Error(`The cap of ${id} was checked under its lock.`);
    }
    await placesFreed(trx, id, at);
  }
  const to = {
    startsAt: fields.includes('startsAt') ? date.startsAt : before.startsAt,
    endsAt: fields.includes('endsAt') ? date.endsAt : before.endsAt,
  };
  if (to.endsAt <= to.startsAt || !(await movePerformance(trx, id, to))) return [];
  const told = { id: offeringIdOf(venueId, date.offeringKey), title: offering.title };
  return movedEvents(trx, before, told, to, at);
}
