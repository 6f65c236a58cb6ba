/** The limit: the rows of a redemption, written by nothing but better-sqlite3 with prepared statements. */
import Sqlite from 'better-sqlite3';
import { newId } from '../../../subgraphs/platform/ids.ts';
import { seal } from '../../../subgraphs/venues/domain/ledger.ts';
import type { Wish } from '../../../subgraphs/venues/service/wish.ts';
import { sha256 } from '../../../subgraphs/venues/store/hash.ts';

export interface Raw {
  /** Stores all of them in one transaction with FULL durability, a savepoint each. */
  readonly batch: (wishes: readonly Wish[]) => void;
  readonly close: () => void;
}

interface CounterRow {
  readonly cap: number;
  readonly used: number;
  readonly held: number;
  readonly sequence: number;
  readonly head_hash: string;
}

export function openRaw(file: string): Raw {
  const db = new Sqlite(file, { timeout: 5_000 });
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  const begin = db.prepare('begin immediate');
  const commit = db.prepare('commit');
  const savepoint = db.prepare('savepoint one');
  const release = db.prepare('release one');
  const claim = db.prepare(
    'insert into request (scope, request_id, fingerprint, redemption_id, turn_away_id, at) values (?, ?, ?, ?, null, ?) on conflict do nothing',
  );
  const card = db.prepare(
    'insert into card_identity (card_id, merged_into) values (?, null) on conflict (card_id) do update set card_id = excluded.card_id returning merged_into',
  );
  const seen = db.prepare(
    "select performance_id from redemption where card_id = ? and offering_id = ? and status = 'VALID' and seen_key is not null",
  );
  const redemption = db.prepare(
    "insert into redemption (id, card_id, card_kind, performance_id, offering_id, venue_id, seen_key, tickets, counted, status, recorded_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'VALID', ?)",
  );
  const line = db.prepare('insert into redemption_line (redemption_id, type, count) values (?, ?, ?)');
  const counter = db.prepare(
    'update cap_counter set used = used + 1, sequence = sequence + 1, changed_at = ? where performance_id = ? and pool_id is null and (cap is null or used + held + 1 <= cap) returning cap, used, held, sequence, head_hash',
  );
  const ledger = db.prepare(
    "insert into ledger (performance_id, sequence, kind, delta, used, cap, redemption_id, held_delta, held, hold_id, at, previous_hash, hash) values (?, ?, 'REDEEMED', 1, ?, ?, ?, 0, ?, null, ?, ?, ?)",
  );
  const head = db.prepare('update cap_counter set head_hash = ? where performance_id = ?');
  const status = db.prepare('select status from performance where id = ?');
  const outbox = db.prepare('insert into outbox (id, topic, payload, at) values (?, ?, ?, ?)');

  function one({ key, facts, presentation: { cardId, cardKind }, lines, now: at }: Wish): void {
    const { performance, offering, venue } = facts;
    const { id: performanceId, venueId } = performance;
    const redemptionId = newId();
    claim.run(key.scope, key.requestId, key.fingerprint, redemptionId, at);
    card.get(cardId);
    if (seen.get(cardId, offering.id) !== undefined) throw new Error('A card of the bench came twice.');
    const seenKey = `performance:${performanceId}:${cardId}`;
    redemption.run(redemptionId, cardId, cardKind, performanceId, offering.id, venueId, seenKey, 1, 1, at);
    for (const { type, count } of lines) line.run(redemptionId, type, count);
    const {
      cap,
      used,
      held,
      sequence,
      head_hash: previousHash,
    } = counter.get(at, performanceId) as CounterRow;
    const change = { performanceId, sequence, kind: 'REDEEMED', delta: 1, used, cap, redemptionId } as const;
    const { hash } = seal({ ...change, heldDelta: 0, held, holdId: null, at, previousHash }, sha256);
    ledger.run(performanceId, sequence, used, cap, redemptionId, held, at, previousHash, hash);
    head.run(hash, performanceId);
    status.get(performanceId);
    const ids = { redemptionId, cardId, performanceId, offeringId: offering.id, venueId };
    const what = { offeringKind: offering.kind, category: venue.category, lines, tickets: 1, at };
    outbox.run(newId(), 'redemption.recorded', JSON.stringify({ ...ids, ...what }), at);
  }

  return {
    batch(wishes) {
      begin.run();
      for (const wish of wishes) {
        savepoint.run();
        one(wish);
        release.run();
      }
      commit.run();
    },
    close: () => db.close(),
  };
}
