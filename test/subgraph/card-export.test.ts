import { describe, expect, test } from 'vitest';
import { formatCode } from '../../subgraphs/cards/domain/code.ts';
import { logReads } from '../../subgraphs/cards/store/read-log.ts';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { engines } from '../support/databases.ts';
import { pdfText } from '../support/pdf-text.ts';
import { openTestCards, type TestCards } from './card-support.ts';
import { addPhone } from './cards-phone-support.ts';
import { deskOf, staff } from './cards-register-support.ts';

const holderOf = (cardId: string): Viewer => ({ role: 'HOLDER', cardId });
const languages = ['FI', 'SV', 'EN'] as const;

async function exported(
  cards: TestCards,
  cardId: string,
): Promise<{ readonly json: Record<string, unknown>; readonly paper: Record<string, string> }> {
  const pdfs = languages.map((language) => `${language}: pdf(language: ${language})`).join(' ');
  const { data, errors } = await cards.ask(holderOf(cardId), `{ myCard { dataExport { json ${pdfs} } } }`);
  expect(errors).toBeUndefined();
  const { json, ...papers } = (data as { myCard: { dataExport: Record<string, string> } }).myCard.dataExport;
  const read = ([language, pdf]: [string, string]): [string, string] => [
    language,
    pdfText(Buffer.from(pdf, 'base64')),
  ];
  return {
    json: JSON.parse(json ?? '') as Record<string, unknown>,
    paper: Object.fromEntries(Object.entries(papers).map(read)),
  };
}

async function look({ services }: TestCards, cardId: string, times: number): Promise<void> {
  const reading = {
    cardId,
    actorRole: 'ISSUER_STAFF',
    organisationId: 'issuer-kuopio',
    purpose: 'CARD_OPENED',
    fields: ['children'],
    requestId: 'r',
    at: '2026-11-20T10:00:00.000Z',
  } as const;
  const readings = Array.from({ length: times }, () => reading);
  await services.database.write((trx) => logReads(trx, readings));
}

describe.each(engines)('what a holder takes along on $name', ({ location }) => {
  test('the paper says the same as the JSON in three languages, but never the code of the card', async () => {
    await using cards = await openTestCards(await location());
    const holder = { birthYear: 1990, postcode: '70100', children: 2, grandchildren: 0 };
    const { card, code } = await cards.issue({ holder: { ...holder, background: ['STUDENT'] } });
    await addPhone(cards, card.id);
    await deskOf(cards).status(`reportCardLost(cardId: "${card.id}")`);
    await deskOf(cards).status(`resumeCard(cardId: "${card.id}")`);
    const { json, paper } = await exported(cards, card.id);
    expect(json).toMatchObject({
      holder: { background: ['STUDENT'] },
      codes: [{ code: formatCode(code), inUse: true }],
      phones: [{ revokedAt: null }],
      periods: [{ event: 'ISSUED' }],
      changes: [{ kind: 'LOST' }, { kind: 'RESUMED' }],
      olderReadingsLeftOut: false,
    });
    const words = {
      FI: ['opiskelija', 'kortti annettiin', 'ilmoitettiin kadonneeksi', 'Puhelimia, joissa kortti on: 1'],
      SV: ['studerande', 'kortet gavs', 'anmäldes förlorat', 'Telefoner som har kortet: 1'],
      EN: ['student', 'the card was given', 'reported lost', 'Phones that have the card: 1'],
    };
    for (const language of languages) {
      for (const word of [...words[language], '1990', '70100']) expect(paper[language]).toContain(word);
      expect(paper[language]).not.toContain(formatCode(code).slice(0, 9));
    }
  });

  test('what the holder said of visits and where the card waited is in it, in words', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    const at = { venue: { fi: 'Keksitty teatteri' }, title: { fi: 'Keksitty näytelmä' } };
    const recordedAt = '2026-03-01T10:00:00.000Z';
    const visit = { ...at, recordedAt, startsAt: recordedAt, status: 'VALID', lines: [] };
    const waiting = [{ ...at, joinedAt: recordedAt, startsAt: recordedAt, status: 'DECLINED', lines: [] }];
    const history = {
      uses: [
        { ...visit, stars: { ACCESSIBILITY: 4, MEANING: null, INTEREST: 0 } },
        { ...visit, stars: null },
      ],
      more: false,
      limits: [],
      waiting,
    };
    const { data } = await cards.ask(
      holderOf(card.id),
      `query ($id: ID!, $history: String) { _entities(representations: [{ __typename: "Card", id: $id, useHistory: $history }]) {
        ... on Card { dataExport { json FI: pdf(language: FI) SV: pdf(language: SV) EN: pdf(language: EN) } } } }`,
      { id: card.id, history: JSON.stringify(history) },
    );
    const [{ dataExport }] = (data as { _entities: [{ dataExport: Record<string, string> }] })._entities;
    expect(JSON.parse(dataExport['json'] ?? '')).toMatchObject({ uses: history.uses, waiting });
    const words = {
      FI: ['Keksitty näytelmä: esteettömyys 4, kiinnostavuus 0', 'Keksitty näytelmä: et ottanut paikkoja'],
      SV: ['tillgänglighet 4, intressant innehåll 0', 'du tog inte platserna'],
      EN: ['accessibility 4, interest 0', 'you did not take the places'],
    };
    for (const language of languages) {
      const paper = pdfText(Buffer.from(dataExport[language] ?? '', 'base64'));
      for (const word of words[language]) expect(paper).toContain(word);
    }
  });

  test('it says what is not in it: wellbeing answers, messages, the names of people', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    const { json, paper } = await exported(cards, card.id);
    const notes = json['notes'] as Record<string, string[]>;
    expect(Object.keys(notes)).toEqual(['fi', 'sv', 'en']);
    for (const language of languages) {
      for (const note of notes[language.toLowerCase()] ?? []) expect(paper[language]).toContain(note);
    }
  });

  test('of very many looks the newest come along, and it is said that there are more', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    await look(cards, card.id, 201);
    const some = await exported(cards, card.id);
    expect(some.json).toMatchObject({ olderReadingsLeftOut: false });
    expect(some.json['readings']).toHaveLength(201);
    expect(some.paper['EN']).toContain('Older looks are shown in your account.');
    await look(cards, card.id, 4_800);
    const { json } = await exported(cards, card.id);
    expect(json['readings']).toHaveLength(5_000);
    expect(json['olderReadingsLeftOut']).toBe(true);
  });

  test('a sheet that the unit prints says in three languages where to ask for a one-time code', async () => {
    await using cards = await openTestCards(await location());
    const { card, code } = await cards.issue();
    const where = {
      FI: 'Pyydä kertakoodi paikasta, joka antoi kortin',
      SV: 'Be om en engångskod på stället som gav kortet',
      EN: 'Ask the place that gave the card for a one-time code',
    };
    for (const language of languages) {
      const print = `mutation { printMonthSheet(input: { cardId: "${card.id}", language: ${language} }) {
        ... on MonthSheet { pdf } } }`;
      const { data } = await cards.ask(staff, print);
      const { pdf } = data?.['printMonthSheet'] as { pdf: string };
      const text = pdfText(Buffer.from(pdf, 'base64'));
      expect(text).toContain(where[language]);
      expect(text).not.toContain(formatCode(code).slice(0, 9));
    }
  });
});
