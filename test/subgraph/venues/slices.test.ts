import { describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { holder, onStage, token } from '../../store/venues/stage.ts';
import { engines } from '../../support/databases.ts';
import { useDesk } from './desk.ts';
import { ask } from './graph.ts';

const reserve = `mutation ($input: ReserveSliceInput!) {
  reserveSlice(input: $input) {
    ... on OfflineSlice {
      id deviceId places remaining expiresAt closedAt
      performance { startsAt endsAt capCounter { held remaining } }
      rules { limit closesDoor passes }
    }
    ... on RedemptionRefusal { code message { fi sv en } facts { name value } }
  }
}`;
const upload = `mutation ($input: UploadRedemptionsInput!) {
  uploadRedemptions(input: $input) {
    uses { requestId redemption { tickets recordedAt status } conflict { code message { fi sv en } trace { limit passes } } }
  }
}`;
const giveBack = `mutation ($input: ReturnSliceInput!) {
  returnSlice(input: $input) { remaining closedAt performance { capCounter { used held } } }
}`;
const conflicts = `query ($id: ID!) {
  offlineConflicts(performanceId: $id) { requestId tickets usedAt refusal { code trace { limit } } }
}`;

interface Reserved {
  readonly id: string;
}

interface Uploaded {
  readonly uses: readonly { readonly conflict: { readonly trace: readonly unknown[] } | null }[];
}

describe.each(engines)('the offline door in the graph on $name', (engine) => {
  const desk = useDesk(engine);
  const wish = (performanceId: string): object => ({
    performanceId,
    deviceId: newId(),
    places: 4,
    requestId: newId(),
  });
  const entry = (card = newId()): object => ({
    requestId: newId(),
    presentation: token(desk.stage, { card }),
    lines: holder,
    at: '2026-11-22T10:00:00.000Z',
  });

  it('a slice is reserved with its rules, its uses are uploaded, conflicts are shown, and the rest is returned', async () => {
    const id = await onStage(desk.stage, { cap: 5 });
    const { data } = await desk.asked<Reserved>(reserve, wish(id));
    expect(data).toMatchObject({
      places: 4,
      remaining: 4,
      expiresAt: '2026-11-22T19:00:00.000Z',
      performance: { capCounter: { held: 4, remaining: 1 } },
      rules: expect.arrayContaining([
        { limit: 'PERFORMANCE_OVER', closesDoor: true, passes: true },
      ]) as unknown,
    });
    const card = newId();
    const input = { sliceId: data.id, entries: [entry(card), entry(card)] };
    const first = await desk.asked<Uploaded>(upload, input);
    expect(first.data.uses).toMatchObject([
      { redemption: { tickets: 1, recordedAt: '2026-11-22T10:00:00.000Z', status: 'VALID' }, conflict: null },
      { redemption: null, conflict: { code: 'ALREADY_SEEN' } },
    ]);
    expect(first.data.uses[1]?.conflict?.trace.length).toBeGreaterThan(5);
    expect((await desk.asked<Uploaded>(upload, input)).data).toEqual(first.data);
    const shown = await ask<object>(desk.subgraph, conflicts, { id }, desk.stage.staff);
    expect(shown.data).toMatchObject({
      offlineConflicts: [{ tickets: 1, refusal: { code: 'ALREADY_SEEN' } }],
    });
    const given = await desk.asked<object>(giveBack, { sliceId: data.id });
    expect(given.data).toMatchObject({
      remaining: 0,
      performance: { capCounter: { used: 1, held: 0 } },
    });
  });

  it('what it refuses is said in three languages', async () => {
    const id = await onStage(desk.stage, { cap: 20 });
    const input = { ...wish(id), requestId: newId() };
    await desk.asked<Reserved>(reserve, input);
    const { data } = await desk.asked<{ message: Record<string, string> }>(reserve, {
      ...input,
      requestId: newId(),
    });
    expect(data).toMatchObject({ code: 'SLICE_OPEN_ALREADY' });
    for (const words of Object.values(data.message)) expect(words.length).toBeGreaterThan(20);
  });
});
