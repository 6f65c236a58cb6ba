import { describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import type { Viewer } from '../../../subgraphs/platform/viewer.ts';
import { atDoor, holder, onStage, token } from '../../store/venues/stage.ts';
import { offeringWith, swimming } from '../../store/venues/visit-stage.ts';
import { engines } from '../../support/databases.ts';
import { useDesk } from './desk.ts';
import { ask } from './graph.ts';

const grant = `mutation ($input: GrantPassInput!) { grantPass(input: $input) {
  ... on CardPass { visits used left expiresOn isOver offering { kind } venue { id } }
  ... on RedemptionRefusal { code facts { name value } message { fi sv en } trace { limit } }
} }`;
const record = `mutation ($input: RecordVisitInput!) { recordVisit(input: $input) {
  ... on Visit { id status tickets lines { type count } offering { kind } pass { used left } cancelledAt }
  ... on RedemptionRefusal { code message { fi sv en } }
} }`;
const undo = `mutation ($input: UndoVisitInput!) { undoVisit(input: $input) { status pass { used left } } }`;
const takeBack = `mutation ($input: UndoPassInput!) { undoPass(input: $input) { id status used cancelledAt } }`;
const pay = `mutation ($input: UseFeeBenefitInput!) { useFeeBenefit(input: $input) {
  ... on FeeUse { feeKind cents coveredCents holderCents offering { kind } }
  ... on RedemptionRefusal { code facts { name value } message { fi sv en } }
} }`;
const own = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Card { useHistory passes { used left } } } }`;

interface OfCard {
  readonly _entities: readonly { readonly useHistory: string | null; readonly passes: object[] | null }[];
}

describe.each(engines)('passes, visits and fees in the graph on $name', (engine) => {
  const desk = useDesk(engine);
  const ofCard = async (id: string, viewer: Viewer) => {
    const variables = { r: [{ __typename: 'Card', id }] };
    const { data } = await ask<OfCard>(desk.subgraph, own, variables, viewer);
    return data._entities[0];
  };
  const shown = (card: string, offeringId: string) => ({
    presentation: token(desk.stage, { card }),
    offeringId,
    requestId: newId(),
  });

  it('a pass is given, used, undone, and refused with its reason in three languages', async () => {
    const card = newId();
    const offeringId = await swimming(desk.stage, 1);
    const visit = () => desk.asked<{ id: string }>(record, { ...shown(card, offeringId), lines: holder });
    expect((await visit()).data).toMatchObject({ code: 'NO_PASS' });
    const given = await desk.asked<object>(grant, shown(card, offeringId));
    expect(given.data).toEqual({
      visits: 1,
      used: 0,
      left: 1,
      expiresOn: '2027-01-20',
      isOver: false,
      offering: { kind: 'SERIES_PASS' },
      venue: { id: desk.stage.venueId },
    });
    const again = await desk.asked<object>(grant, shown(card, offeringId));
    expect(again.data).toMatchObject({
      code: 'PASS_GIVEN_ALREADY',
      message: {
        fi: 'Kortilla on jo sarjakortti: käyntejä on jäljellä 1/1, voimassa 20.1.2027 asti.',
        sv: 'Kortet har redan ett seriekort: 1 av 1 besök återstår, det gäller till och med 20.1.2027.',
        en: 'The card has a series pass already: 1 of 1 visits left, valid until 20 January 2027.',
      },
      trace: [],
    });
    const { data } = await visit();
    expect(data).toMatchObject({
      status: 'VALID',
      tickets: 1,
      lines: [{ type: 'HOLDER', count: 1 }],
      pass: { used: 1, left: 0 },
    });
    expect((await visit()).data).toMatchObject({ code: 'PASS_USED_UP' });
    const undone = await desk.asked<object>(undo, { visitId: data.id, requestId: newId() });
    expect(undone.data).toEqual({ status: 'CANCELLED', pass: { used: 0, left: 1 } });
    expect((await desk.events('visit.cancelled')).length).toBe(1);
  });

  it('a pass that was given by mistake is taken back when no visit is taken of it; its holder reads that', async () => {
    const card = newId();
    const offeringId = await swimming(desk.stage, 1);
    const give = grant.replace('CardPass { ', 'CardPass { id ');
    const { data: pass } = await desk.asked<{ id: string }>(give, shown(card, offeringId));
    const { data: visit } = await desk.asked<{ id: string }>(record, {
      ...shown(card, offeringId),
      lines: holder,
    });
    const wish = { passId: pass.id, requestId: newId() };
    expect((await desk.asked(takeBack, wish)).code).toBe('BAD_INPUT');
    await desk.asked(undo, { visitId: visit.id, requestId: newId() });
    const cancelledAt = desk.stage.clock.now().toISOString();
    expect((await desk.asked<object>(takeBack, wish)).data).toEqual({
      id: pass.id,
      status: 'CANCELLED',
      used: 0,
      cancelledAt,
    });
    const mine = await ofCard(card, { role: 'HOLDER', cardId: card });
    expect(mine?.passes).toEqual([]);
    const { uses } = JSON.parse(mine?.useHistory ?? '') as { uses: { status: string }[] };
    expect(uses.map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED']);
  });

  it('a fee says what the card covers and what its holder pays', async () => {
    const limits = [{ fee: 'COPYING', perUseCents: 300, perYearCents: 500 }] as const;
    const offeringId = await offeringWith(desk.stage, 'FEE_BENEFIT', { fees: limits });
    const card = newId();
    const fee = (cents: number) =>
      desk.asked<object>(pay, { ...shown(card, offeringId), feeKind: 'COPYING', cents });
    expect((await fee(420)).data).toEqual({
      feeKind: 'COPYING',
      cents: 420,
      coveredCents: 300,
      holderCents: 120,
      offering: { kind: 'FEE_BENEFIT' },
    });
    const refused = (await fee(201)).data as { facts: { name: string; value: string }[] };
    expect(Object.fromEntries(refused.facts.map(({ name, value }) => [name, value]))).toMatchObject({
      allowed: '500',
      used: '300',
      left: '200',
      wanted: '201',
    });
    expect((await fee(0)).code).toBe('BAD_INPUT');
  });

  it('the holder reads every use among the others, the newest first; nobody else does', async () => {
    const card = newId();
    const { stage } = desk;
    const hours = [{ weekday: 7, opens: '08:00', closes: '20:00' }] as const;
    const museum = await offeringWith(stage, 'OPEN_ENTRY', { opening: { hours, exceptions: [] } });
    const pool = await swimming(stage);
    const minute = (): void => stage.clock.advance(60_000);
    await desk.asked(grant, shown(card, pool));
    minute();
    await desk.asked(record, { ...shown(card, pool), lines: holder });
    minute();
    await atDoor(stage, await onStage(stage), { card });
    minute();
    await desk.asked(record, { ...shown(card, museum), lines: holder });
    const mine = await ofCard(card, { role: 'HOLDER', cardId: card });
    expect(mine?.passes).toEqual([{ used: 1, left: 29 }]);
    const history = JSON.parse(mine?.useHistory ?? '') as { more: boolean; uses: Record<string, unknown>[] };
    expect(history.more).toBe(false);
    expect(history.uses.map(({ recordedAt, lines }) => [recordedAt, lines])).toEqual([
      ['2026-11-22T10:03:00.000Z', holder],
      ['2026-11-22T10:02:00.000Z', holder],
      ['2026-11-22T10:01:00.000Z', holder],
      ['2026-11-22T10:00:00.000Z', []],
    ]);
    for (const viewer of [stage.staff, { role: 'NATIONAL' }, { role: 'HOLDER', cardId: newId() }] as const) {
      expect(await ofCard(card, viewer)).toEqual({ useHistory: null, passes: null });
    }
  });
});
