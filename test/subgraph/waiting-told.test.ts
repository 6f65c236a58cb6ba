import { graphql } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMessaging } from '../../subgraphs/messaging/index.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { createLogger } from '../../subgraphs/platform/logger.ts';
import type { Subgraph } from '../../subgraphs/platform/subgraph.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { cancelPerformance } from '../../subgraphs/venues/service/cancel-performance.ts';
import { cancelRedemption } from '../../subgraphs/venues/service/cancel-redemption.ts';
import { expireHolds } from '../../subgraphs/venues/service/expire-holds.ts';
import { movePerformance } from '../../subgraphs/venues/service/move-performance.ts';
import { atDoor, checkLedger, onStage, openStage, type Stage } from '../store/venues/stage.ts';
import { asCard, filled, waits } from '../store/venues/waiting-stage.ts';
import { engines } from '../support/databases.ts';

const hour = 3_600_000;

describe.each(engines)('what venues publish reaches those whom it concerns on $name', (engine) => {
  let stage: Stage;
  let messaging: Subgraph;
  beforeEach(async () => {
    stage = await openStage(engine);
    messaging = await openMessaging(stage.options);
    messaging.start();
  });
  afterEach(async () => {
    await messaging.close();
    await checkLedger(stage);
  });

  const subjects = async (viewer: Viewer): Promise<unknown[]> => {
    await messaging.caughtUp();
    const answer = await graphql({
      schema: messaging.schema,
      source: '{ threads { nodes { about subject { en } messages { body { en } } } } }',
      contextValue: messaging.context(viewer, 'test'),
    });
    expect(answer.errors).toBeUndefined();
    const { nodes } = answer.data?.['threads'] as {
      nodes: { about: string; subject: { en: string }; messages: unknown[] }[];
    };
    return nodes.map(({ about, subject, messages }) => [about, subject.en.split(':')[0], messages.length]);
  };

  it('a holder is told of an offer and of its end, and the venue of neither', async () => {
    const id = await onStage(stage, { cap: 1 });
    const [ticket = ''] = await filled(stage, id, 1);
    const { card } = await waits(stage, id);
    await cancelRedemption(stage.env, stage.staff, { redemptionId: ticket, requestId: newId() });
    expect(await subjects(asCard(card))).toEqual([['WAITING_ENTRY', 'Places for you', 1]]);
    stage.clock.advance(2 * hour);
    await expireHolds(stage.env, createLogger('silent'));
    expect(await subjects(asCard(card))).toEqual([['WAITING_ENTRY', 'Places for you', 2]]);
    expect(await subjects(stage.staff)).not.toContainEqual(expect.arrayContaining(['WAITING_ENTRY']));
  });

  it('who waits is told that the performance was cancelled', async () => {
    const id = await onStage(stage, { cap: 1 });
    await filled(stage, id, 1);
    const { card } = await waits(stage, id);
    await cancelPerformance(stage.env, stage.staff, id);
    expect(await subjects(asCard(card))).toEqual([['WAITING_ENTRY', 'No longer waiting', 1]]);
  });

  it('a holder with a ticket is told of the new time, and then of the cancel, in one thread', async () => {
    const performanceId = await onStage(stage, { cap: 2 });
    const card = newId();
    await atDoor(stage, performanceId, { card });
    const now = stage.clock.now().getTime();
    const [startsAt, endsAt] = [30, 32].map((hours) => new Date(now + hours * hour).toISOString());
    if (!startsAt || !endsAt) throw new Error('There is no time to move to.');
    await movePerformance(stage.env, stage.staff, { performanceId, startsAt, endsAt });
    expect(await subjects(asCard(card))).toEqual([['REDEMPTION', 'New time', 1]]);
    await cancelPerformance(stage.env, stage.staff, performanceId);
    expect(await subjects(asCard(card))).toEqual([['REDEMPTION', 'New time', 2]]);
  });
});
