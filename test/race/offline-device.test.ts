import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { admit, seePhone, type SeenPhone } from '../../clients/door/offline/admit.ts';
import { conflictsIn, openBook, placesOf, type OfflineBook } from '../../clients/door/offline/book.ts';
import { doorRules } from '../../clients/door/offline/door-rules.ts';
import {
  uploadUses,
  type Sent,
  type UploadEnd,
  type UploadPorts,
} from '../../clients/door/offline/upload.ts';
import type { UploadedUse as UploadAnswer } from '../../clients/shared/operations/offline-door.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { isRefusal } from '../../subgraphs/platform/refusals.ts';
import { refusalMessage } from '../../subgraphs/venues/domain/messages.ts';
import type { UploadedUse } from '../../subgraphs/venues/service/slice-upload.ts';
import { returnSlice } from '../../subgraphs/venues/service/slice.ts';
import { toFacts } from '../../subgraphs/venues/schema/verdict.ts';
import { findCounters } from '../../subgraphs/venues/store/ledger.ts';
import { conflictsOf } from '../../subgraphs/venues/store/slices.ts';
import { sliced, uploadTo } from '../store/venues/slice-stage.ts';
import { atDoor, checkLedger, holder, onStage, openStage, token, type Stage } from '../store/venues/stage.ts';
import { engines } from '../support/databases.ts';
import { knowing, newPhone, shows } from '../clients/support/offline-phones.ts';

const arrived = <Data>(data: Data): Sent<Data> => ({ kind: 'data', data });
const lost = { kind: 'unreachable' } as const;

async function guest(now: number): Promise<SeenPhone> {
  const phone = newPhone();
  const seen = await seePhone(knowing([phone], now), shows(phone, now), now);
  if (typeof seen === 'string') throw new Error(seen);
  return seen;
}

describe.each(engines)('a device and the server on $name', (engine) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(engine);
  });

  const answerOf = ({ requestId, answer }: UploadedUse): UploadAnswer => {
    if (!isRefusal(answer)) return { requestId, redemption: { id: answer.id }, conflict: null };
    const { code, facts } = answer;
    return {
      requestId,
      redemption: null,
      conflict: {
        __typename: 'RedemptionRefusal',
        code,
        message: refusalMessage(code, facts),
        facts: toFacts(facts),
      },
    };
  };

  /** `loses` says of each upload in turn whether its answer is lost after the server has it. */
  const portsOf = (
    slice: Parameters<typeof uploadTo>[1],
    loses: readonly boolean[] = [],
  ): Pick<UploadPorts, 'present' | 'upload'> => {
    const cards = new Map<string, string>();
    const losing = [...loses];
    return {
      present: (seen) =>
        Promise.resolve(
          arrived(
            seen.map(({ code }) => {
              const card = cards.get(code) ?? newId();
              cards.set(code, card);
              return { token: token(stage, { card }) };
            }),
          ),
        ),
      upload: async (_slice, entries) => {
        const answers = await uploadTo(stage, slice, entries);
        return losing.shift() === true ? lost : arrived(answers.map(answerOf));
      },
    };
  };

  /** Uploads from a book of its own, as one window of the page does. */
  const upload = async (
    opened: OfflineBook,
    ports: ReturnType<typeof portsOf>,
  ): Promise<{ readonly book: OfflineBook; readonly end: UploadEnd }> => {
    let book = opened;
    const keep = (kept: OfflineBook): void => {
      book = kept;
    };
    const end = await uploadUses({ ...ports, book: () => book, keep });
    return { book, end };
  };

  const openFor = (slice: Awaited<ReturnType<typeof sliced>>): OfflineBook => openBook(slice, doorRules([]));
  const letIn = async (book: OfflineBook, insists = false): Promise<OfflineBook> => {
    const now = stage.clock.now().getTime();
    const wish = { seen: await guest(now), lines: holder, requestId: newId(), insists };
    const answer = admit(book, wish, now);
    return typeof answer === 'string' ? book : answer;
  };
  const counter = async (performanceId: string) =>
    (await findCounters(stage.database.reader, [performanceId]))[0];

  it('every guest let in within the slice is recorded, whatever the doors do, answers get lost and is sent twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          places: fc.integer({ min: 1, max: 4 }),
          guests: fc.integer({ min: 0, max: 6 }),
          doors: fc.integer({ min: 0, max: 6 }),
          loses: fc.array(fc.boolean(), { maxLength: 3 }),
        }),
        async ({ places, guests, doors, loses }) => {
          const performanceId = await onStage(stage, { cap: 6 });
          const slice = await sliced(stage, performanceId, { places });
          let book = openFor(slice);
          for (let each = 0; each < guests; each++) book = await letIn(book);
          const ports = portsOf(slice, loses);
          const [first, second] = await Promise.all([
            upload(book, ports),
            upload(book, ports),
            ...Array.from({ length: doors }, () => atDoor(stage, performanceId)),
          ]);
          let uploaded = first;
          for (let tries = 0; uploaded.end === 'LATER' && tries <= loses.length; tries++) {
            uploaded = await upload(uploaded.book, ports);
          }
          expect(uploaded.end).toBe('ALL');
          const given = Math.min(guests, places);
          expect(uploaded.book.uses.map(({ outcome }) => outcome?.kind)).toEqual(
            Array.from({ length: given }, () => 'recorded'),
          );
          expect(second.end === 'ALL' ? second.book : uploaded.book).toEqual(uploaded.book);
          const free = 6 - places;
          expect(await counter(performanceId)).toMatchObject({
            used: given + Math.min(doors, free),
            held: places - given,
          });
        },
      ),
      { numRuns: 12 },
    );
    await checkLedger(stage);
  });

  it('guests beyond the slice take free places, and without one they are told to the venue: the cap holds', async () => {
    const performanceId = await onStage(stage, { cap: 3 });
    const slice = await sliced(stage, performanceId, { places: 2 });
    let book = openFor(slice);
    for (let each = 0; each < 4; each++) book = await letIn(book, true);
    const { book: uploaded, end } = await upload(book, portsOf(slice));
    expect(end).toBe('ALL');
    expect(uploaded.uses.map(({ outcome }) => outcome?.kind)).toEqual([
      'recorded',
      'recorded',
      'recorded',
      'conflict',
    ]);
    expect(conflictsIn(uploaded)[0]?.outcome).toMatchObject({ conflict: { code: 'CAP_REACHED' } });
    expect(await counter(performanceId)).toMatchObject({ used: 3, held: 0 });
    const told = await conflictsOf(stage.database.reader, performanceId, 10);
    expect(told.reduce((sum, { tickets }) => sum + tickets, 0)).toBe(1);
    await checkLedger(stage);
  });

  it('nobody is lost when the slice came back before the upload: a ticket or a conflict for each', async () => {
    const performanceId = await onStage(stage, { cap: 4 });
    const slice = await sliced(stage, performanceId, { places: 3 });
    let book = openFor(slice);
    for (let each = 0; each < 3; each++) book = await letIn(book);
    await returnSlice(stage.env, stage.staff, slice.id);
    for (let each = 0; each < 3; each++) await atDoor(stage, performanceId);
    const { book: uploaded } = await upload(book, portsOf(slice));
    expect(uploaded.uses.map(({ outcome }) => outcome?.kind)).toEqual(['recorded', 'conflict', 'conflict']);
    const inside = uploaded.uses.reduce((sum, { lines }) => sum + placesOf(lines), 0);
    const told = await conflictsOf(stage.database.reader, performanceId, 10);
    expect(inside).toBe(1 + told.length);
    expect(await counter(performanceId)).toMatchObject({ used: 4, held: 0 });
    await checkLedger(stage);
  });
});
