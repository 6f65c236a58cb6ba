import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { verifyEverything } from '../../../subgraphs/venues/service/verify-everything.ts';
import { engines } from '../../support/databases.ts';
import { openStage, type Stage } from './stage.ts';
import { given, swimming, visit } from './visit-stage.ts';

describe.each(engines)('passes in the recount of everything on $name', (engine) => {
  let stage: Stage;
  let passId: string;
  beforeEach(async () => {
    stage = await openStage(engine);
    const offeringId = await swimming(stage);
    const card = newId();
    passId = (await given(stage, offeringId, card)).id;
    await visit(stage, offeringId, { card });
    await visit(stage, offeringId, { card });
  });

  it('are counted with their entries', async () => {
    expect(await verifyEverything(stage.database)).toMatchObject({ passes: 1, entries: 3, faults: [] });
  });

  it('a visit that was given back behind the ledger is told with its pass and its venue', async () => {
    await stage.database.write((trx) =>
      trx.updateTable('card_pass').set({ used: 0 }).where('id', '=', passId).execute(),
    );
    const { venueId } = stage;
    const fault = { kind: 'PASS', subjectId: passId, venueId, code: 'PASS_DIFFERS' };
    for (const part of [{}, { venueId }]) {
      expect((await verifyEverything(stage.database, part)).faults).toMatchObject([fault]);
    }
    const other = await verifyEverything(stage.database, { venueId: stage.otherVenueId });
    expect(other).toMatchObject({ passes: 0, faults: [] });
  });

  it('a whole ledger that was written anew without one visit differs from the visits', async () => {
    await stage.database.write(async (trx) => {
      await trx.deleteFrom('pass_entry').where('sequence', '=', 3).execute();
      const [head] = await trx.selectFrom('pass_entry').selectAll().where('sequence', '=', 2).execute();
      const { used, sequence, hash } = head ?? { used: 0, sequence: 0, hash: '' };
      await trx.updateTable('card_pass').set({ used, sequence, head_hash: hash }).execute();
    });
    expect((await verifyEverything(stage.database)).faults).toMatchObject([{ code: 'VISIT_DIFFERS' }]);
  });
});
