import { costs, listOf } from '../../platform/graphql/index.ts';
import { verifiedKinds } from '../domain/words.ts';
import {
  auditFaults,
  ledgerAudit,
  mostFaultsShown,
  type AuditFault,
  type LedgerAudit,
} from '../service/ledger-audit.ts';
import type { VenuesBuilder } from './builder.ts';
import { toFacts, type VerdictRefs } from './verdict.ts';

/** What the nightly recount of the ledgers found: everybody may ask. */
export function addAudit(builder: VenuesBuilder, { fact }: Pick<VerdictRefs, 'fact'>): void {
  const kind = builder.enumType('VerifiedKind', {
    description:
      'What is recounted: what has a ledger of its own; FEE_BENEFIT: the years of its cards, which are the sums of their fees.',
    values: verifiedKinds,
  });
  const fault = builder.objectRef<AuditFault>('LedgerFault').implement({
    description: 'A ledger that is not what was chained, or a sum that is not that of its parts.',
    fields: (t) => ({
      kind: t.expose('kind', { type: kind }),
      id: t.exposeID('subjectId'),
      code: t.exposeString('code'),
      facts: t.field({ type: [fact], resolve: ({ facts }) => toFacts(facts) }),
    }),
  });
  const audit = builder.objectRef<LedgerAudit>('LedgerAudit').implement({
    description: 'One night in which every ledger was recounted from its entries and from its redemptions.',
    fields: (t) => ({
      day: t.expose('day', { type: 'Date', description: 'Of the night, in Helsinki.' }),
      at: t.expose('at', { type: 'DateTime' }),
      performances: t.exposeInt('performances', { description: 'Recounted.' }),
      entries: t.exposeInt('entries', { description: 'Of their ledgers, and of shared caps and passes.' }),
      faults: t.exposeInt('faults', { description: '0: every counter is right, and every chain whole.' }),
      head: t.exposeString('head', {
        description:
          'SHA-256 over the newest hash of every performance’s ledger, in order of their ids: whoever noted it can tell ' +
          'whether an entry of before was changed. `npm run ledger:verify` prints the one of now.',
      }),
      found: t.field({
        ...listOf(10),
        type: [fault],
        nullable: true,
        description: `The first ${mostFaultsShown} faults: a venue's own for its staff, all for the national centre, else null.`,
        resolve: (night, _args, { env, viewer }) => auditFaults(env, viewer, night),
      }),
    }),
  });
  builder.queryField('ledgerAudit', (t) =>
    t.field({
      ...costs(1),
      type: audit,
      nullable: true,
      description: 'The newest result of the nightly recount, or that of one day. Null: there is none.',
      args: { day: t.arg({ type: 'Date', description: 'A Helsinki day.' }) },
      resolve: (_, { day }, { env }) => ledgerAudit(env, day ?? null),
    }),
  );
}
