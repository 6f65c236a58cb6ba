import type { PublishedEvent } from '../../platform/events/index.ts';
import type { CardsTransaction } from '../store/database.ts';
import { saveIssuer } from '../store/issuers.ts';
import { saveRule } from '../store/rules.ts';
import { readPayload } from './payload.ts';

export const networksTopics = ['rule.changed', 'partner.registered'] as const;

/** Keeps cards' own copy of the rules and the issuers, so that a door does not depend on networks being up. */
export async function followNetworks(event: PublishedEvent, trx: CardsTransaction): Promise<void> {
  const payload = readPayload(event.topic, event.payload);
  if (event.topic === 'rule.changed') {
    await saveRule(trx, {
      id: payload.text('id'),
      key: payload.text('key'),
      scope: payload.text('scope'),
      scopeId: payload.textOrNull('scopeId'),
      value: payload.textOrNull('value'),
      status: payload.text('status'),
      validFrom: payload.textOrNull('validFrom'),
      validTo: payload.textOrNull('validTo'),
      source: payload.text('source'),
    });
  } else if (event.topic === 'partner.registered' && payload.text('role') === 'ISSUER') {
    await saveIssuer(trx, {
      id: payload.text('partnerId'),
      municipalityId: payload.textOrNull('municipalityId'),
      networkId: payload.textOrNull('networkId'),
      years: payload.years('years'),
    });
  }
}
