import { appendEvents, type NewEvent } from '../../platform/events/index.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { authorise } from '../domain/policy.ts';
import type { Rule } from '../domain/rule.ts';
import type { NetworksDatabase } from '../store/database.ts';
import { insertRules } from '../store/rules.ts';

/**
 * Records rules and tells of the new ones (`rule.changed`), so that cards and venues keep their copies. A rule that is
 * already there stays as it is. Throws FORBIDDEN.
 */
export async function recordRules(
  database: NetworksDatabase,
  viewer: Viewer,
  rules: readonly Rule[],
  at: IsoInstant,
): Promise<void> {
  authorise(viewer, 'recordRule');
  await database.write(async (trx) => {
    const inserted = await insertRules(trx, rules);
    await appendEvents(trx, rules.filter((rule) => inserted.has(rule.id)).map(changed), at);
  });
}

function changed(rule: Rule): NewEvent {
  const { id, key, scope, scopeId, scopeName, value, statement, status, validFrom, validTo, source } = rule;
  return {
    topic: 'rule.changed',
    payload: { id, key, scope, scopeId, scopeName, value, statement, status, validFrom, validTo, source },
  };
}
