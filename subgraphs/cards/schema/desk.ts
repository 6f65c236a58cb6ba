import { connection, listOf, pageArgs } from '../../platform/graphql/index.ts';
import { changeKinds } from '../domain/card.ts';
import { communityUses, type CommunityUse } from '../service/community-use.ts';
import { cardChanges, cardPeriods, type CardChange, type CardPeriod } from '../service/card-history.ts';
import { issuerCards, mostCounted, type IssuerCard } from '../service/issuer-cards.ts';
import type { CardsBuilder } from './builder.ts';
import type { CardRef } from './card.ts';
import { registerEnums } from './enums.ts';

/** What an issuer's screen reads: the unit's own list, and one card with its history. */
export function addDesk(builder: CardsBuilder, card: CardRef): void {
  const { kind, status, deskFilter } = registerEnums(builder);
  addHistory(builder, card);
  const row = builder.objectRef<IssuerCard>('IssuerCard').implement({
    description:
      'A card in its unit’s list. The facts of its holder are read card by card, and each look is logged.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'For card(id).' }),
      kind: t.expose('kind', { type: kind }),
      status: t.expose('status', { type: status }),
      issuedOn: t.expose('issuedOn', { type: 'Date' }),
      validUntil: t.expose('validUntil', { type: 'Date' }),
      used: t.exposeBoolean('used', { description: 'Whether it has a valid use, of whatever year.' }),
      codeEnding: t.exposeString('codeEnding', {
        nullable: true,
        description: 'The last four characters of the code in use.',
      }),
    }),
  });
  const total = `How many there are on all pages; counted up to ${mostCounted}: that many means so many or more.`;
  const rows = connection(builder, 'IssuerCard', row, total);
  builder.queryFields((t) => ({
    issuerCards: t.field({
      type: rows,
      description: "A unit's own cards by their last day, merged ones left out. For its own staff.",
      args: {
        issuerId: t.arg.id({ required: true }),
        filter: t.arg({ type: deskFilter }),
        withinDays: t.arg.int({ description: 'For EXPIRING_SOON: 0 to 366 days ahead; 30 without it.' }),
        code: t.arg.string({ description: 'A whole code: the one card that has or had it.' }),
        ...pageArgs(t),
      },
      resolve: (_, args, { services, viewer }) => issuerCards(services, viewer, args),
    }),
    card: t.field({
      type: card,
      nullable: true,
      description: 'Null when there is none, or when it is not for this viewer.',
      args: { id: t.arg.id({ required: true }) },
      resolve: (_, { id }, { loaders }) => loaders.card.load(id),
    }),
  }));
}

const periods = 30;

function addHistory(builder: CardsBuilder, card: CardRef): void {
  const periodEvent = builder.enumType('CardPeriodEvent', { values: ['ISSUED', 'RENEWED'] as const });
  const period = builder.objectRef<CardPeriod>('CardPeriod').implement({
    fields: (t) => ({
      event: t.expose('event', { type: periodEvent }),
      handedOn: t.expose('handedOn', { type: 'Date' }),
      enteredAt: t.expose('enteredAt', {
        type: 'DateTime',
        description: 'When it was typed in: later than the handover for a form on paper.',
      }),
      validFrom: t.expose('validFrom', { type: 'Date' }),
      validUntil: t.expose('validUntil', { type: 'Date' }),
    }),
  });
  const changeKind = builder.enumType('CardChangeKind', {
    description:
      'MERGED: taken over by another registration. ABSORBED: took another one over. ERASED: the holder was erased.',
    values: changeKinds,
  });
  const change = builder.objectRef<CardChange>('CardChange').implement({
    fields: (t) => ({
      kind: t.expose('kind', { type: changeKind }),
      reason: t.exposeString('reason', { description: 'A code; empty where there is none.' }),
      fields: t.exposeStringList('fields', {
        description: 'Which facts were corrected; what stood there is not kept.',
      }),
      at: t.expose('at', { type: 'DateTime' }),
    }),
  });
  const use = builder.objectRef<CommunityUse>('CommunityUse').implement({
    fields: (t) => ({
      month: t.exposeString('month', { description: '2026-11, in Helsinki.' }),
      usedBy: t.expose('usedBy', { type: registerEnums(builder).communityUser }),
      uses: t.exposeInt('uses', { description: 'How often the card was shown at a venue.' }),
    }),
  });
  builder.objectFields(card, (t) => ({
    communityUses: t.field({
      type: [use],
      nullable: true,
      description:
        'Of an organisation’s card, for that organisation: by whom it is used, the newest month first.',
      ...listOf(periods),
      resolve: ({ id }, _args, context) => communityUses(context, id),
    }),
    periods: t.field({
      type: [period],
      nullable: true,
      description: 'Issue and renewals, the first one first.',
      ...listOf(periods),
      resolve: ({ id }, _args, context) => cardPeriods(context, id),
    }),
    changes: t.field({
      type: [change],
      nullable: true,
      description: 'For the unit that gave the card and the national centre.',
      ...listOf(periods),
      resolve: ({ id }, _args, context) => cardChanges(context, id),
    }),
  }));
}
