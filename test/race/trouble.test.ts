import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../subgraphs/platform/ids.ts';
import { redeem, type RedeemAnswer, type RedeemInput } from '../../subgraphs/venues/service/redeem.ts';
import { verifyLedger } from '../../subgraphs/venues/service/verify-ledger.ts';
import { findCounters } from '../../subgraphs/venues/store/ledger.ts';
import { findValidOf } from '../../subgraphs/venues/store/redemptions.ts';
import { holder, onStage, openStage, said, token, type Stage } from '../store/venues/stage.ts';
import { engines } from '../support/databases.ts';

const doors = 24;
const cap = 200;
const guests = 240;

/** What keeps SQLite from writing, and what ends it. */
type Trouble = (stage: Stage) => Promise<() => Promise<void>>;

const pragma = async ({ database }: Stage, text: string): Promise<void> => {
  await database.write((trx) => sql.raw(`PRAGMA ${text}`).execute(trx));
};

/** The file may not grow any more: what a disk says that has no room. */
const full: Trouble = async (stage) => {
  const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(stage.database.reader);
  await pragma(stage, `max_page_count = ${rows[0]?.page_count ?? 0}`);
  return () => pragma(stage, 'max_page_count = 1073741823');
};

/** Another process writes, and takes its time. */
const locked: Trouble = async (stage) => {
  const { location } = stage.options;
  const directory = location.engine === 'sqlite' ? location.directory : '';
  const holds = `
    const Sqlite = require('better-sqlite3');
    const db = new Sqlite(process.argv[1]);
    db.exec('BEGIN IMMEDIATE');
    process.stdout.write('locked');
    setTimeout(() => db.exec('COMMIT'), 2_000);`;
  const child = spawn(process.execPath, ['-e', holds, path.join(directory, 'venues.sqlite')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const ended = once(child, 'exit');
  return async () => void (await ended);
};

describe('a register in trouble', () => {
  let stage: Stage;
  beforeEach(async () => {
    const [sqlite] = engines;
    if (sqlite) stage = await openStage(sqlite);
  });

  /** An evening at several doors, with trouble in the middle. Gives what doors were told while they were refused. */
  async function evening(begin: Trouble, isOver: (refused: readonly string[]) => boolean): Promise<string[]> {
    const performanceId = await onStage(stage, { cap });
    const answers: RedeemAnswer[] = [];
    const refused: string[] = [];
    const waiting = Array.from({ length: guests }, () => newId());

    /** As a door does: the same request until it is answered. */
    const letIn = async (input: RedeemInput): Promise<RedeemAnswer> => {
      for (;;) {
        try {
          return await redeem(stage.env, stage.staff, input);
        } catch (error) {
          refused.push(String((error as { code?: unknown }).code));
          await sleep(20);
        }
      }
    };
    let begins = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      begins = resolve;
    });
    const door = async (): Promise<void> => {
      for (let card = waiting.pop(); card !== undefined; card = waiting.pop()) {
        if (waiting.length < guests / 2) await begun;
        const presentation = token(stage, { card });
        answers.push(await letIn({ presentation, performanceId, lines: holder, requestId: newId() }));
      }
    };
    const atTheDoors = Promise.all(Array.from({ length: doors }, door));

    await expect.poll(() => answers.length).toBeGreaterThan(guests / 2 - doors);
    const end = await begin(stage);
    begins();
    await expect.poll(() => isOver(refused)).toBe(true);
    await end();
    await atTheDoors;

    const words = answers.map(said);
    expect(words.filter((word) => word === 'VALID')).toHaveLength(cap);
    expect(words.filter((word) => word === 'CAP_REACHED')).toHaveLength(guests - cap);
    const acknowledged = answers.flatMap((answer) => (answer.kind === 'redemption' ? [answer.id] : []));
    const stored = (await findValidOf(stage.database.reader, performanceId)).map(({ id }) => id);
    expect(stored).toEqual(acknowledged.sort());
    expect((await findCounters(stage.database.reader, [performanceId]))[0]?.used).toBe(cap);
    expect((await verifyLedger(stage.database)).faults).toEqual([]);
    return refused;
  }

  it('with a full disk: refuses, loses nothing that it acknowledged, and lets all in when there is room', async () => {
    const refused = await evening(full, (codes) => codes.length > 3 * doors);
    expect(new Set(refused)).toEqual(new Set(['SQLITE_FULL']));
  });

  it('that another process has locked: doors wait, and nobody is refused', async () => {
    expect(await evening(locked, () => true)).toEqual([]);
  });

  it('whose clock jumps by six hours: no card comes in twice, and the ledger holds', async () => {
    const performanceId = await onStage(stage, { cap });
    const now = stage.clock.now().getTime();
    const first = token(stage, { card: newId() });
    const answers: string[] = [];
    for (const hours of [0, -6, 0, 6, 0]) {
      stage.clock.set(new Date(now + hours * 3_600_000).toISOString());
      for (const presentation of [first, token(stage, { card: newId() })]) {
        const input = { presentation, performanceId, lines: holder, requestId: newId() };
        answers.push(`${hours} ${said(await redeem(stage.env, stage.staff, input))}`);
      }
    }
    expect(answers).toEqual([
      '0 VALID',
      '0 VALID',
      '-6 ALREADY_SEEN',
      '-6 VALID',
      '0 ALREADY_SEEN',
      '0 VALID',
      '6 PRESENTATION_EXPIRED',
      '6 VALID',
      '0 ALREADY_SEEN',
      '0 VALID',
    ]);
    expect((await verifyLedger(stage.database)).faults).toEqual([]);
  });
});
