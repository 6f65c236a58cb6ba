import { listOf } from '../../platform/graphql/index.ts';
import type { Enums, NetworksBuilder } from './builder.ts';
import type { Refs } from './refs.ts';

export function addRule(builder: NetworksBuilder, refs: Refs, enums: Enums): void {
  refs.rule.implement({
    description:
      'A rule of the operating model as a document states it. Documents that contradict each other are both here.',
    fields: (t) => ({
      id: t.exposeID('id'),
      key: t.exposeString('key'),
      scope: t.expose('scope', { type: enums.ruleScope }),
      scopeName: t.exposeString('scopeName', { description: 'As printed.' }),
      statement: t.exposeString('statement', { description: 'As printed.' }),
      value: t.exposeString('value', {
        nullable: true,
        description:
          'What a machine reads: `18`, `3`, `SAME_DAY`; null when the statement is no single value.',
      }),
      status: t.expose('status', { type: enums.ruleStatus }),
      validFrom: t.expose('validFrom', { type: 'Date', nullable: true }),
      validTo: t.expose('validTo', { type: 'Date', nullable: true }),
      statedWhen: t.exposeString('statedWhen', {
        nullable: true,
        description: 'When the document stated it: not the same as since when it applies.',
      }),
      source: t.exposeString('source'),
      region: t.field({
        type: refs.region,
        nullable: true,
        resolve: (rule, _args, { catalogue }) =>
          rule.scope === 'REGION' && rule.scopeId !== null ? catalogue.region(rule.scopeId) : null,
      }),
      network: t.field({
        type: refs.network,
        nullable: true,
        description: 'The one network it is limited to: itself or its venue’s.',
        resolve: (rule, _args, { catalogue }) =>
          rule.networkId === null ? null : catalogue.network(rule.networkId),
      }),
      venue: t.field({
        type: refs.venue,
        nullable: true,
        resolve: (rule) => (rule.scope === 'VENUE' && rule.scopeId !== null ? { id: rule.scopeId } : null),
      }),
    }),
  });
  builder.queryField('rules', (t) =>
    t.field({
      ...listOf(100),
      type: [refs.rule],
      description: 'Of any status, in order of key.',
      args: {
        key: t.arg.string(),
        networkId: t.arg.id({ description: 'Only those that reach into this network.' }),
      },
      resolve: (_root, args, { catalogue }) => catalogue.rules(args),
    }),
  );
}
