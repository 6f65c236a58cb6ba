import { accountRefusalCodes, codeLives, eraseReasons } from '../domain/account.ts';
import { accountMessage } from '../domain/account-messages.ts';
import {
  activateAccount,
  closeAccount,
  type AccountInvitation,
  type ClosedAccount,
} from '../service/account.ts';
import { confirmAccount, type ConfirmedAccount } from '../service/confirm-account.ts';
import { eraseHolder, type ErasedHolder } from '../service/erase.ts';
import { printMonthSheet, type PrintedSheet } from '../service/month-sheet.ts';
import {
  createHolderCode,
  openHolderCode,
  type HolderCode,
  type OpenedCard,
} from '../service/one-time-code.ts';
import type { CardsBuilder } from './builder.ts';
import type { CardRef } from './card.ts';
import { registerEnums } from './enums.ts';
import { languageType } from './language.ts';
import { refusalType, resultType } from './refusal.ts';

/** Accounts, one-time codes, sheets, erasing: what a holder gets from the unit that gave the card, and does alone. */
export function addAccount(builder: CardsBuilder, card: CardRef): void {
  const refusal = refusalType(builder, 'Account', { codes: accountRefusalCodes, message: accountMessage });
  addAccountMutations(builder, refusal);
  addCodeMutations(builder, refusal, card);
  addEraseMutation(builder, refusal);
}

type RefusalRef = ReturnType<typeof refusalType>;

function addAccountMutations(builder: CardsBuilder, refusal: RefusalRef): void {
  const invitation = builder.objectRef<AccountInvitation>('AccountInvitation').implement({
    description: 'The same for every address: nobody learns whether it is known.',
    fields: (t) => ({
      cardId: t.exposeID('cardId'),
      expiresAt: t.expose('expiresAt', {
        type: 'DateTime',
        description: 'Until when the link in the mail works.',
      }),
    }),
  });
  const confirmed = builder.objectRef<ConfirmedAccount>('AccountConfirmed').implement({
    fields: (t) => ({ confirmedAt: t.expose('confirmedAt', { type: 'DateTime' }) }),
  });
  const closed = builder.objectRef<ClosedAccount>('AccountClosed').implement({
    description: 'The address is gone; the card stays as it was.',
    fields: (t) => ({ cardId: t.exposeID('cardId') }),
  });
  const activateResult = builder.unionType('ActivateAccountResult', {
    types: [invitation, refusal],
    resolveType: resultType('AccountInvitation', 'AccountRefusal'),
  });
  const confirmResult = builder.unionType('ConfirmAccountResult', {
    types: [confirmed, refusal],
    resolveType: resultType('AccountConfirmed', 'AccountRefusal'),
  });
  const closeResult = builder.unionType('CloseAccountResult', {
    types: [closed, refusal],
    resolveType: resultType('AccountClosed', 'AccountRefusal'),
  });
  const { phoneChoice: phones } = registerEnums(builder);
  const input = builder.inputType('ActivateAccountInput', {
    fields: (t) => ({
      cardId: t.id({ required: true }),
      email: t.string({
        required: true,
        description: 'The client’s own. Nobody at the unit can read it back.',
      }),
      language: t.field({ type: languageType, required: true, description: 'Of the mail.' }),
    }),
  });
  builder.mutationFields((t) => ({
    activateAccount: t.field({
      type: activateResult,
      description:
        'For the unit that gave the card: a link that works once, for 15 minutes, goes to the address.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, args, context) => activateAccount(context, args.input),
    }),
    confirmAccount: t.field({
      type: confirmResult,
      description:
        'For whoever has the code of the link. A used, old, unknown or mistyped one is answered alike.',
      args: { code: t.arg.string({ required: true }) },
      resolve: (_, { code }, { services }) => confirmAccount(services, code),
    }),
    closeAccount: t.field({
      type: closeResult,
      description: 'For the holder.',
      args: { phones: t.arg({ type: phones, required: true }) },
      resolve: (_, args, context) => closeAccount(context, args.phones),
    }),
  }));
}

function addCodeMutations(builder: CardsBuilder, refusal: RefusalRef, card: CardRef): void {
  const code = builder.objectRef<HolderCode>('HolderCode').implement({
    fields: (t) => ({
      cardId: t.exposeID('cardId'),
      oneTimeCode: t.exposeString('oneTimeCode', {
        description: 'Shown once. It opens the card together with the card’s code.',
      }),
      expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    }),
  });
  const opened = builder.objectRef<OpenedCard>('OpenedCard').implement({
    description: 'The card as its holder sees it in the register.',
    fields: (t) => ({ card: t.expose('card', { type: card }) }),
  });
  const sheet = builder.objectRef<PrintedSheet>('MonthSheet').implement({
    fields: (t) => ({ pdf: t.exposeString('pdf', { description: 'A PDF in base64.' }) }),
  });
  const codeResult = builder.unionType('HolderCodeResult', {
    types: [code, refusal],
    resolveType: resultType('HolderCode', 'AccountRefusal'),
  });
  const openResult = builder.unionType('OpenHolderCodeResult', {
    types: [opened, refusal],
    resolveType: resultType('OpenedCard', 'AccountRefusal'),
  });
  const sheetResult = builder.unionType('MonthSheetResult', {
    types: [sheet, refusal],
    resolveType: resultType('MonthSheet', 'AccountRefusal'),
  });
  const life = builder.enumType('HolderCodeLife', {
    description: 'QUARTER_HOUR: 15 minutes. TODAY: until midnight in Helsinki.',
    values: codeLives,
  });
  const codeInput = builder.inputType('CreateHolderCodeInput', {
    fields: (t) => ({ cardId: t.id({ required: true }), lasts: t.field({ type: life, required: true }) }),
  });
  const openInput = builder.inputType('OpenHolderCodeInput', {
    fields: (t) => ({
      cardCode: t.string({ required: true, description: 'The code of the card.' }),
      code: t.string({ required: true, description: 'The one-time code.' }),
    }),
  });
  const sheetInput = builder.inputType('PrintMonthSheetInput', {
    fields: (t) => ({
      cardId: t.id({ required: true }),
      language: t.field({ type: languageType, required: true }),
    }),
  });
  builder.mutationFields((t) => ({
    createHolderCode: t.field({
      type: codeResult,
      description: 'For the unit that gave the card: a one-time code for a holder without e-mail.',
      args: { input: t.arg({ type: codeInput, required: true }) },
      resolve: (_, { input }, context) => createHolderCode(context, input),
    }),
    openHolderCode: t.field({
      type: openResult,
      description:
        'For whoever has both codes. Five wrong guesses end the one-time code; every no is answered alike.',
      args: { input: t.arg({ type: openInput, required: true }) },
      resolve: (_, { input }, { services }) => openHolderCode(services, input),
    }),
    printMonthSheet: t.field({
      type: sheetResult,
      description:
        'For the unit that gave the card: validity, children and how often it was used; never where.',
      args: { input: t.arg({ type: sheetInput, required: true }) },
      resolve: (_, { input }, context) => printMonthSheet(context, input),
    }),
  }));
}

function addEraseMutation(builder: CardsBuilder, refusal: RefusalRef): void {
  const erased = builder.objectRef<ErasedHolder>('HolderErased').implement({
    fields: (t) => ({ cardId: t.exposeID('cardId') }),
  });
  const result = builder.unionType('EraseHolderResult', {
    types: [erased, refusal],
    resolveType: resultType('HolderErased', 'AccountRefusal'),
  });
  const reason = builder.enumType('EraseReason', { values: eraseReasons });
  const input = builder.inputType('EraseHolderInput', {
    fields: (t) => ({ cardId: t.id({ required: true }), reason: t.field({ type: reason, required: true }) }),
  });
  builder.mutationField('eraseHolder', (t) =>
    t.field({
      type: result,
      description:
        'For the holder, and for the unit that gave the card: the facts, the account and the phones are gone, the card is out ' +
        'of use for good, what it was counted as stays. It cannot be undone.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, args, context) => eraseHolder(context, args.input),
    }),
  );
}
