import {
  openEventLog,
  startConsumer,
  type Consumer,
  type PublishedEvent,
} from '../../platform/events/index.ts';
import type { SubgraphOptions } from '../../platform/subgraph.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { mergeCards } from '../store/card-identity.ts';
import { savePresentationKey, saveRule } from '../store/copies.ts';
import type { VenuesDatabase, VenuesTransaction } from '../store/database.ts';
import { partnerRegistered } from './admit-pop-up.ts';

export interface Consumers {
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Follows the rules and partners of networks and the presentation keys of cards: what a door must know without asking. And
 * which registrations cards has merged, so that every limit counts the uses of both.
 */
export function startConsumers(
  database: VenuesDatabase,
  { location, live, logger }: Pick<SubgraphOptions, 'location' | 'live' | 'logger'>,
): Consumers {
  const follow = (
    subgraph: 'networks' | 'cards',
    name: string,
    topic: string,
    handle: (payload: Record<string, unknown>, trx: VenuesTransaction, at: IsoInstant) => Promise<void>,
  ): { readonly consumer: Consumer; close(): Promise<void> } => {
    const log = openEventLog(location, subgraph);
    const consumer = startConsumer({
      name,
      log,
      database,
      live,
      logger,
      topics: [topic],
      handle: (event: PublishedEvent, trx) => handle(event.payload as Record<string, unknown>, trx, event.at),
    });
    return { consumer, close: () => log.close() };
  };

  const followed = [
    follow('networks', 'venues.rules', 'rule.changed', ruleChanged),
    follow('networks', 'venues.partners', 'partner.registered', newPartner),
    follow('cards', 'venues.presentation-keys', 'presentation-key.published', keyPublished),
    follow('cards', 'venues.merged-cards', 'card.merged', cardMerged),
  ];
  return {
    async caughtUp() {
      await Promise.all(followed.map(({ consumer }) => consumer.caughtUp()));
    },
    async stop() {
      await Promise.all(followed.map(({ consumer }) => consumer.stop()));
      await Promise.all(followed.map((each) => each.close()));
    },
  };
}

async function ruleChanged(rule: Record<string, unknown>, trx: VenuesTransaction): Promise<void> {
  await saveRule(trx, {
    id: text(rule, 'id'),
    key: text(rule, 'key'),
    scope: text(rule, 'scope'),
    scopeId: textOrNull(rule, 'scopeId'),
    scopeName: textOrNull(rule, 'scopeName'),
    value: textOrNull(rule, 'value'),
    statement: text(rule, 'statement'),
    status: text(rule, 'status'),
    validFrom: textOrNull(rule, 'validFrom'),
    validTo: textOrNull(rule, 'validTo'),
    source: text(rule, 'source'),
  });
}

async function newPartner(
  partner: Record<string, unknown>,
  trx: VenuesTransaction,
  at: IsoInstant,
): Promise<void> {
  const registered = {
    partnerId: text(partner, 'partnerId'),
    role: text(partner, 'role'),
    name: text(partner, 'name'),
    municipalityId: text(partner, 'municipalityId'),
    networkId: text(partner, 'networkId'),
    years: years(partner['years']),
  };
  await partnerRegistered(trx, registered, at);
}

async function keyPublished(key: Record<string, unknown>, trx: VenuesTransaction): Promise<void> {
  await savePresentationKey(trx, {
    keyId: text(key, 'keyId'),
    publicKey: text(key, 'publicKey'),
    publishedAt: text(key, 'publishedAt'),
  });
}

async function cardMerged(merged: Record<string, unknown>, trx: VenuesTransaction): Promise<void> {
  await mergeCards(trx, text(merged, 'cardId'), text(merged, 'into'));
}

function text(payload: Record<string, unknown>, field: string): string {
  const value = payload[field];
  if (typeof value !== 'string') throw new Error(`An event's ${field} is not a text.`);
  return value;
}

function textOrNull(payload: Record<string, unknown>, field: string): string | null {
  return payload[field] === null || payload[field] === undefined ? null : text(payload, field);
}

function years(value: unknown): number[] {
  if (Array.isArray(value) && value.every(Number.isInteger)) return value as number[];
  throw new Error("An event's years are not whole numbers.");
}
