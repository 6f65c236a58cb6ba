import { describe, expect, test } from 'vitest';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { kuopio, openTestCards, type Answer } from './card-support.ts';

const issuer: Viewer = { role: 'ISSUER_STAFF', issuerId: kuopio.partnerId };
const codeOf = (answer: Answer): unknown => answer.errors?.[0]?.extensions['code'];

const activate = `mutation ($cardId: ID!, $email: String!) {
  activateAccount(input: { cardId: $cardId, email: $email, language: FI }) { __typename } }`;
const confirm = `mutation ($code: String!) { confirmAccount(code: $code) { __typename } }`;
const createCode = `mutation ($cardId: ID!, $lasts: HolderCodeLife!) {
  createHolderCode(input: { cardId: $cardId, lasts: $lasts }) { __typename } }`;
const open = `mutation ($cardCode: String!, $code: String!) {
  openHolderCode(input: { cardCode: $cardCode, code: $code }) { __typename } }`;
const print = `mutation ($cardId: ID!) {
  printMonthSheet(input: { cardId: $cardId, language: FI }) { __typename } }`;

describe.each(engines)('bad input on $name', ({ location }) => {
  test.each([
    '',
    ' ',
    'no-at.example.org',
    '@planted.example',
    'a@',
    'a@b',
    'a@@example.org',
    'a b@example.org',
    'a@exa mple.org',
    'a@example.org\nbcc: b@example.org',
    'a@-example.org',
    '.a@example.org',
    'a..b@example.org',
    `${'a'.repeat(65)}@example.org`,
    `a@${'b.'.repeat(130)}org`,
    'x'.repeat(100_000),
    'a@example.org\0',
  ])('an address that is none is BAD_INPUT, and is not shown back: %j', async (email) => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    const answer = await cards.ask(issuer, activate, { cardId: card.id, email });
    expect(codeOf(answer)).toBe('BAD_INPUT');
    expect(answer.errors?.[0]?.extensions['facts']).toEqual({ field: 'email' });
    // One address is in the message, as an example of a right one.
    expect(answer.errors?.[0]?.message).toMatch(
      /^email is one address such as etunimi@example\.org, of at most 254/,
    );
  });

  test.each([
    [activate, { cardId: 'no/id', email: 'a@example.org' }],
    [activate, { cardId: '', email: 'a@example.org' }],
    [activate, { cardId: 'x'.repeat(65), email: 'a@example.org' }],
    [confirm, { code: '' }],
    [confirm, { code: 'x'.repeat(321) }],
    [print, { cardId: '' }],
    [print, { cardId: 'a\u0000b' }],
    [createCode, { cardId: "'; drop table card", lasts: 'TODAY' }],
    [open, { cardCode: '', code: '0000-0000' }],
    [open, { cardCode: 'x'.repeat(65), code: '0000-0000' }],
    [open, { cardCode: 'DEM0-0000-999S', code: ' ' }],
    [open, { cardCode: 'DEM0-0000-999S', code: 'x'.repeat(321) }],
  ])('%#: what is empty or huge, or no id, is BAD_INPUT', async (document, variables) => {
    await using cards = await openTestCards(await location());
    expect(codeOf(await cards.ask(issuer, document, variables))).toBe('BAD_INPUT');
  });
});
