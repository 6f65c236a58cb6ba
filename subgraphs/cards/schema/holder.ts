import { connection, pageArgs } from '../../platform/graphql/index.ts';
import { costs } from '../../platform/graphql/cost.ts';
import { readerKind, readerKinds, readPurposes } from '../domain/reading.ts';
import { exportJson, exportPdf, holderData, type HolderData } from '../service/export.ts';
import {
  accountOf,
  accountStates,
  myCard,
  readingsOf,
  usesThisYear,
  type AccountView,
  type ReadingOfCard,
} from '../service/holder-view.ts';
import { ownMonthSheet } from '../service/month-sheet.ts';
import { readUseHistory } from '../service/use-history.ts';
import type { CardsBuilder } from './builder.ts';
import type { CardRef } from './card.ts';
import { languageType } from './language.ts';

/** What a resolver of these fields finds beside the card: venues' JSON, for the holder's own eyes. Rights never come from it. */
const external = { extensions: { directives: [{ name: 'external', args: {} }] } };
const withHistory = (weight: number): typeof external => ({
  extensions: {
    directives: [
      { name: 'requires', args: { fields: 'useHistory' } },
      ...costs(weight).extensions.directives,
    ],
  },
});

/** The own card, its account, who looked at it, the own sheet, everything to take along. */
export function addHolder(builder: CardsBuilder, card: CardRef): void {
  const account = addAccountView(builder);
  const readings = connection(builder, 'Reading', addReading(builder));
  const dataExport = addExport(builder);

  builder.objectFields(card, (t) => ({
    account: t.field({
      type: account,
      nullable: true,
      description: 'The holder account of the card. Null for venue staff.',
      ...costs(1),
      resolve: (view, _args, context) => accountOf(context, view),
    }),
    usesThisYear: t.int({
      nullable: true,
      description:
        'How often it was used this calendar year; where, only its holder sees. Null for venue staff.',
      ...costs(1),
      resolve: (view, _args, context) => usesThisYear(context, view),
    }),
    readings: t.field({
      type: readings,
      nullable: true,
      description: 'Who looked at the card, the newest first. For its holder alone, else null.',
      args: pageArgs(t),
      resolve: (view, args, context) => readingsOf(context, view, args),
    }),
    useHistory: t.string({ nullable: true, ...external, resolve: (view) => view.useHistory ?? null }),
    monthSheet: t.string({
      nullable: true,
      description:
        'The holder’s own sheet, a PDF in base64, with uses and limits. For its holder alone, else null.',
      args: { language: t.arg({ type: languageType, required: true }) },
      ...withHistory(20),
      resolve: (view, { language }, context) =>
        ownMonthSheet(context, view.id, { language, history: readUseHistory(view.useHistory) }),
    }),
    dataExport: t.field({
      type: dataExport,
      nullable: true,
      description:
        'What the register knows of the holder, with the uses that venues recorded. Not in it: messages, wellbeing answers, ' +
        'which cannot be joined to a card, and who the people were that looked. For the holder alone, else null.',
      ...withHistory(20),
      resolve: (view, _args, context) => holderData(context, view.id, readUseHistory(view.useHistory)),
    }),
  }));
  builder.queryField('myCard', (t) =>
    t.field({
      type: card,
      nullable: true,
      description: 'The own card of a holder; null for everybody else.',
      resolve: (_, _args, context) => myCard(context),
    }),
  );
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Pothos infers the reference's type
function addAccountView(builder: CardsBuilder) {
  const state = builder.enumType('HolderAccountState', {
    description: 'WAITING: the link in the mail was not followed yet.',
    values: accountStates,
  });
  return builder.objectRef<AccountView>('HolderAccount').implement({
    fields: (t) => ({
      state: t.expose('state', { type: state }),
      confirmedAt: t.expose('confirmedAt', { type: 'DateTime', nullable: true }),
      email: t.exposeString('email', {
        nullable: true,
        description: 'For the holder alone, else null: the unit that typed it cannot read it back.',
      }),
    }),
  });
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Pothos infers the reference's type
function addReading(builder: CardsBuilder) {
  const purpose = builder.enumType('ReadPurpose', {
    description:
      'CARD_OPENED: the facts of the holder were read. SERVED_HOLDER: an account was activated, a code made or a sheet printed.',
    values: readPurposes,
  });
  const reader = builder.enumType('ReaderKind', {
    description: 'NETWORK: a coordinator. NATIONAL: the national centre. SERVICE: the product itself.',
    values: readerKinds,
  });
  return builder.objectRef<ReadingOfCard>('Reading').implement({
    description: 'One look at a card by somebody at work. Which fields, never what stood in them.',
    fields: (t) => ({
      at: t.expose('at', { type: 'DateTime' }),
      purpose: t.expose('purpose', { type: purpose }),
      reader: t.field({
        type: reader,
        description: 'The kind of organisation.',
        resolve: ({ role }) => readerKind(role),
      }),
      fields: t.exposeStringList('fields'),
    }),
  });
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Pothos infers the reference's type
function addExport(builder: CardsBuilder) {
  return builder.objectRef<HolderData>('CardExport').implement({
    fields: (t) => ({
      json: t.string({
        description:
          'One JSON document: registration, codes, facts, periods, changes, account, phones, uses, limits, looks at the card; ' +
          'olderUsesLeftOut and olderReadingsLeftOut say whether there are more.',
        resolve: (data, _args, context) => exportJson(data, context),
      }),
      pdf: t.string({
        description: 'The same for reading, without the code of the card: a PDF in base64.',
        args: { language: t.arg({ type: languageType, required: true }) },
        ...costs(10),
        resolve: (data, { language }, context) => exportPdf(data, context, language),
      }),
    }),
  });
}
