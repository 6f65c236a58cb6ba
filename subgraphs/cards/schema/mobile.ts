import { connection, listOf, pageArgs } from '../../platform/graphql/index.ts';
import { phoneAlgorithms } from '../domain/mobile-token.ts';
import { phoneMessage } from '../domain/phone-messages.ts';
import { maxPhones, phoneRefusalCodes, type Phone } from '../domain/phone.ts';
import {
  createEnrolmentCode,
  enrolPhone,
  type EnrolledPhone,
  type EnrolmentCode,
} from '../service/enrol-phone.ts';
import {
  offlineKeyPage,
  offlineKeys,
  phonesOfCard,
  removeOwnPhone,
  revokePhone,
  type OfflineKey,
  type OfflineKeys,
  type RemovedPhone,
} from '../service/phones.ts';
import type { CardsBuilder } from './builder.ts';
import { registerEnums } from './enums.ts';
import { refusalType, resultType } from './refusal.ts';

/** Phones that show a card: added, listed, removed, and known to a door without a connection. */
export function addMobile(builder: CardsBuilder): void {
  const algorithm = builder.enumType('PhoneAlgorithm', {
    description: 'ED25519: RFC 8032. ES256: ECDSA P-256 with SHA-256, for a browser without the other.',
    values: phoneAlgorithms,
  });
  addPhones(builder, algorithm);
  addOfflineKeys(builder, algorithm);
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Pothos infers the references' types
function phoneTypes(builder: CardsBuilder) {
  const { kind } = registerEnums(builder);
  const refusal = refusalType(builder, 'Phone', { codes: phoneRefusalCodes, message: phoneMessage });
  const code = builder.objectRef<EnrolmentCode>('EnrolmentCode').implement({
    fields: (t) => ({
      cardId: t.exposeID('cardId'),
      enrolmentCode: t.exposeString('enrolmentCode', { description: 'Shown once; for one phone.' }),
      expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    }),
  });
  const enrolled = builder.objectRef<EnrolledPhone>('EnrolledPhone').implement({
    fields: (t) => ({
      phoneId: t.exposeID('phoneId'),
      keyId: t.exposeString('keyId', { description: 'Sixteen hexadecimal digits, for its tokens.' }),
      kind: t.expose('kind', { type: kind }),
      validUntil: t.expose('validUntil', { type: 'Date' }),
      serverTime: t.expose('serverTime', { type: 'DateTime' }),
    }),
  });
  const removed = builder.objectRef<RemovedPhone>('RemovedPhone').implement({
    fields: (t) => ({ phoneId: t.exposeID('phoneId') }),
  });
  return {
    removed,
    codeResult: builder.unionType('EnrolmentCodeResult', {
      types: [code, refusal],
      resolveType: resultType('EnrolmentCode', 'PhoneRefusal'),
    }),
    enrolResult: builder.unionType('EnrolPhoneResult', {
      types: [enrolled, refusal],
      resolveType: resultType('EnrolledPhone', 'PhoneRefusal'),
    }),
    removeResult: builder.unionType('RemovePhoneResult', {
      types: [removed, refusal],
      resolveType: resultType('RemovedPhone', 'PhoneRefusal'),
    }),
  };
}

type AlgorithmRef = Parameters<typeof addOfflineKeys>[1];

function addPhones(builder: CardsBuilder, algorithm: AlgorithmRef): void {
  const { removed, codeResult, enrolResult, removeResult } = phoneTypes(builder);
  const phone = builder.objectRef<Phone>('Phone').implement({
    description: 'A phone that shows a card. Nothing is known of it but its key.',
    fields: (t) => ({
      id: t.exposeID('id'),
      algorithm: t.expose('algorithm', { type: algorithm }),
      enrolledAt: t.expose('enrolledAt', { type: 'DateTime' }),
    }),
  });
  const input = builder.inputType('EnrolPhoneInput', {
    fields: (t) => ({
      code: t.string({ required: true, description: 'From createEnrolmentCode.' }),
      publicKey: t.string({ required: true, description: 'SPKI, DER, base64.' }),
      algorithm: t.field({ type: algorithm, required: true }),
      proof: t.string({
        required: true,
        description: 'base64 of the signature over `culture-card/enrol/` and the code as `K7M42Q9X3B`.',
      }),
    }),
  });
  builder.mutationFields((t) => ({
    createEnrolmentCode: t.field({
      type: codeResult,
      description:
        'For the holder and the unit that gave the card: a code for one phone, good for 15 minutes.',
      args: { cardId: t.arg.id({ required: true }) },
      resolve: (_, args, context) => createEnrolmentCode(context, args.cardId),
    }),
    enrolPhone: t.field({
      type: enrolResult,
      description: 'For whoever has the code. A used, old, unknown or mistyped one is answered alike.',
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, args, { services }) => enrolPhone(services, args.input),
    }),
    revokePhone: t.field({
      type: removed,
      description: 'For the holder and the unit that gave the card: this phone alone.',
      args: { phoneId: t.arg.id({ required: true }) },
      resolve: (_, args, context) => revokePhone(context, args.phoneId),
    }),
    removeOwnPhone: t.field({
      type: removeResult,
      description: 'For the phone itself, with a token signed after `culture-card/remove/`.',
      args: { token: t.arg.string({ required: true }) },
      resolve: (_, args, { services }) => removeOwnPhone(services, args.token),
    }),
  }));
  builder.queryField('phones', (t) =>
    t.field({
      type: [phone],
      description:
        'For the holder and the unit that gave the card: the phones that show it now, at most five.',
      args: { cardId: t.arg.id({ required: true }) },
      ...listOf(maxPhones),
      resolve: (_, args, context) => phonesOfCard(context, args.cardId),
    }),
  );
}

function addOfflineKeys(
  builder: CardsBuilder,
  algorithm: ReturnType<typeof builder.enumType<'PhoneAlgorithm', typeof phoneAlgorithms>>,
): void {
  const { kind } = registerEnums(builder);
  const key = builder.objectRef<OfflineKey>('OfflineKey').implement({
    description: 'With everything but keyId null: this key is good no more.',
    fields: (t) => ({
      keyId: t.exposeString('keyId'),
      publicKey: t.exposeString('publicKey', { nullable: true, description: 'SPKI, DER, base64.' }),
      algorithm: t.expose('algorithm', { type: algorithm, nullable: true }),
      kind: t.expose('kind', { type: kind, nullable: true }),
      childrenAllowed: t.exposeInt('childrenAllowed', { nullable: true }),
      validUntil: t.expose('validUntil', {
        type: 'Date',
        nullable: true,
        description: 'The last valid day.',
      }),
    }),
  });
  const keys = connection(builder, 'OfflineKey', key);
  const answer = builder.objectRef<OfflineKeys>('OfflineKeys').implement({
    fields: (t) => ({
      asOf: t.expose('asOf', { type: 'DateTime', description: 'Give it as `since` the next time.' }),
      isWhole: t.exposeBoolean('isWhole', {
        description: 'True: all keys that are good, and what is not among them is not. False: what changed.',
      }),
      keys: t.field({
        type: keys,
        args: pageArgs(t),
        resolve: (parent, args, { services }) => offlineKeyPage(services, parent, args),
      }),
    }),
  });
  builder.queryField('offlineKeys', (t) =>
    t.field({
      type: answer,
      description: 'For the staff of the venue: with these keys a door knows phones without a connection.',
      args: {
        venueId: t.arg.id({ required: true }),
        since: t.arg({ type: 'DateTime', description: 'asOf of the first page of the last answer.' }),
      },
      resolve: (_, args, context) => offlineKeys(context, args),
    }),
  );
}
