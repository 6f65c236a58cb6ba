import { describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import { cancelRedemption } from '../../../subgraphs/venues/service/cancel-redemption.ts';
import { markNoShow } from '../../../subgraphs/venues/service/no-show.ts';
import { setSharedCap } from '../../../subgraphs/venues/service/shared-cap.ts';
import { atDoor, family, onStage } from '../../store/venues/stage.ts';
import { fee, given, offeringWith, swimming, visit } from '../../store/venues/visit-stage.ts';
import { engines, testNow } from '../../support/databases.ts';
import { useDesk } from './desk.ts';
import { ask } from './graph.ts';

const load = /* GraphQL */ `
  query ($id: ID!, $from: DateTime!, $to: DateTime!) {
    venue(id: $id) {
      load(from: $from, to: $to) {
        from
        to
        uses
        tickets
        usesBefore
        trendPercent
        deskMinutes
        turnAways
        turnedAway
        noShows
        performances
        capped
        capReached
        ticketsKnown
        audiencePercent
        goodwill {
          level
          message {
            fi
          }
          signs {
            sign
            message {
              sv
            }
          }
          suggestions {
            limit
            spared
            message {
              en
            }
          }
        }
      }
    }
  }
`;
const span = { from: '2026-11-20T00:00:00.000Z', to: '2026-12-31T00:00:00.000Z' };
const evening = '2026-11-22T20:00:00.000Z';

interface Seen {
  readonly venue: { readonly load: Readonly<Record<string, unknown>> | null };
}

describe.each(engines)("a venue's load on $name", (engine) => {
  const desk = useDesk(engine);
  const seen = async (changes: object = {}, viewer: Viewer = desk.stage.staff) =>
    ask<Seen>(desk.subgraph, load, { id: desk.stage.venueId, ...span, ...changes }, viewer);
  const use = async (performanceId: string, lines = family(0).slice(0, 1)): Promise<string> => {
    const answer = await atDoor(desk.stage, performanceId, { lines });
    if (answer.kind !== 'redemption') throw new Error(`Refused: ${answer.code}`);
    return answer.id;
  };

  it('counts uses, tickets, turn-aways, no-shows and reached caps; what was cancelled counts no more', async () => {
    const { stage } = desk;
    const full = await onStage(stage, { cap: 3, tickets: 100 });
    await onStage(stage, { cap: null, tickets: null });
    await use(full);
    const absent = await use(full, family(1).slice());
    const turned = await atDoor(stage, full, { lines: family(2) });
    expect(turned).toMatchObject({ code: 'CAP_REACHED' });
    const other = await onStage(stage);
    const cancelled = await use(other);
    await cancelRedemption(stage.env, stage.staff, { redemptionId: cancelled, requestId: newId() });
    stage.clock.set(evening);
    await markNoShow(stage.env, stage.staff, absent);
    const { data } = await seen();
    expect(data.venue.load).toMatchObject({
      from: span.from,
      to: evening,
      uses: 2,
      tickets: 3,
      usesBefore: 0,
      trendPercent: null,
      deskMinutes: 6,
      turnAways: 1,
      turnedAway: 3,
      noShows: 1,
      performances: 3,
      capped: 2,
      capReached: 1,
      ticketsKnown: 2,
      audiencePercent: 0.8,
      goodwill: { level: 'CALM', suggestions: [] },
    });
  });

  it('counts visits and fees too, and a performance under a full shared cap as reached', async () => {
    const { stage } = desk;
    const [card, pool] = [newId(), await swimming(stage)];
    await given(stage, pool, card);
    await visit(stage, pool, { card });
    const fees = [{ fee: 'LATE_FEE', perUseCents: 600, perYearCents: null }] as const;
    await fee(stage, await offeringWith(stage, 'FEE_BENEFIT', { fees }), 200);
    const shows = [await onStage(stage, { cap: null }), await onStage(stage, { cap: null })];
    await setSharedCap(stage.env, stage.staff, { performanceIds: shows, cap: 2 });
    for (const show of shows) await use(show);
    stage.clock.set(evening);
    const { data } = await seen();
    expect(data.venue.load).toMatchObject({ uses: 4, tickets: 3, performances: 2, capped: 2, capReached: 2 });
  });

  it('compares with the equally long span before, and another venue’s uses are not in it', async () => {
    const { stage } = desk;
    const performanceId = await onStage(stage, {
      startsAt: '2026-11-30T17:00:00.000Z',
      endsAt: '2026-11-30T19:00:00.000Z',
    });
    for (const at of ['2026-11-22T11:00:00.000Z', '2026-11-22T13:00:00.000Z', '2026-11-22T14:00:00.000Z']) {
      stage.clock.set(at);
      await use(performanceId);
    }
    const around = { from: '2026-11-22T12:00:00.000Z', to: '2026-11-22T14:00:00.000Z' };
    stage.clock.set(evening);
    expect((await seen(around)).data.venue.load).toMatchObject({ uses: 1, usesBefore: 1, trendPercent: 0 });
    const { data } = await seen({ id: stage.otherVenueId }, stage.otherStaff);
    expect(data.venue.load).toMatchObject({ uses: 0, performances: 0 });
  });

  it('warns a venue that looks like the cinema that left, and says which softer limits would have helped', async () => {
    const { stage } = desk;
    const small = { cap: null, tickets: 10 };
    for (const performanceId of [await onStage(stage, small), await onStage(stage, small)]) {
      for (let n = 0; n < 6; n++) await use(performanceId);
    }
    stage.clock.set(evening);
    const { data } = await seen();
    expect(data.venue.load?.['goodwill']).toMatchObject({
      level: 'EARLY_WARNING',
      signs: [{ sign: 'MOSTLY_CARD' }, { sign: 'NO_CAP' }],
      // A Sunday.
      suggestions: [
        { limit: 'QUIET_DAYS', spared: 12 },
        {
          limit: 'CAP_AT_FLOOR',
          spared: 10,
          message: { en: 'A cap at its floor (3 % of tickets): 10 tickets fewer.' },
        },
      ],
    });
  });

  it.each<[string, Viewer]>([
    ['a holder', { role: 'HOLDER', cardId: 'c' }],
    ['the national centre', { role: 'NATIONAL' }],
    ['a coordinator', { role: 'COORDINATOR', networkId: 'pohjois-savo' }],
    ['an issuer', { role: 'ISSUER_STAFF', issuerId: 'i' }],
    ['anybody', { role: 'ANONYMOUS' }],
  ])('is not for %s', async (_title, viewer) => {
    expect((await seen({}, viewer)).data.venue.load).toBeNull();
  });

  it('is not for another venue, and a display of the own sees none', async () => {
    const { venueId, otherStaff } = desk.stage;
    expect((await seen({}, otherStaff)).data.venue.load).toBeNull();
    expect((await seen({}, { role: 'DISPLAY', venueId })).data.venue.load).toBeNull();
  });

  it('refuses a span that is to come or too long', async () => {
    expect((await seen({ from: span.to, to: '2027-01-02T00:00:00.000Z' })).codes).toEqual(['BAD_INPUT']);
    expect((await seen({ from: '2024-01-01T00:00:00.000Z', to: testNow })).codes).toEqual(['BAD_INPUT']);
  });
});
