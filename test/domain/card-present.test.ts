import { describe, expect, it } from 'vitest';
import { refusalMessage } from '../../subgraphs/cards/domain/messages.ts';
import type { Card } from '../../subgraphs/cards/domain/card.ts';
import { present, presentationRefusalCodes } from '../../subgraphs/cards/domain/present.ts';
import { rulesInForce } from '../../subgraphs/cards/domain/rules.ts';

const rules = rulesInForce([], '2026-11-22', null);
const now = new Date('2026-11-22T10:00:00.000Z');
const holder = { birthYear: 1990, postcode: '70100', children: 0, grandchildren: 0 };
const personal: Card = {
  id: 'c1',
  kind: 'PERSONAL',
  status: 'ACTIVE',
  issuerId: 'i1',
  issuedOn: '2026-01-10',
  validUntil: '2027-01-09',
  holder,
};
const community: Card = { ...personal, id: 'c2', kind: 'COMMUNITY', holder: null };

describe('a personal card', () => {
  it('lets in its holder and an assistant', () => {
    expect(present(personal, rules, now)).toEqual({
      cardId: 'c1',
      kind: 'PERSONAL',
      lines: { HOLDER: 1, ASSISTANT: 1 },
    });
  });

  it('lets in as many children as the holder has minor children and grandchildren', () => {
    const card = { ...personal, holder: { ...holder, children: 2, grandchildren: 3 } };
    expect(present(card, rules, now)).toMatchObject({ lines: { HOLDER: 1, CHILD: 5, ASSISTANT: 1 } });
  });
});

describe('a community card', () => {
  it('lets in a worker with clients up to a group of five, an assistant, and no holder', () => {
    expect(present(community, rules, now)).toEqual({
      cardId: 'c2',
      kind: 'COMMUNITY',
      lines: { COMMUNITY_WORKER: 1, CHILD: 4, ASSISTANT: 1 },
    });
  });

  it('follows the rule on the size of the group', () => {
    const group = (value: number): object | null =>
      present(community, { ...rules, communityGroup: { value, rule: null } }, now);
    expect(group(3)).toMatchObject({ lines: { CHILD: 2 } });
    expect(group(1)).toEqual({
      cardId: 'c2',
      kind: 'COMMUNITY',
      lines: { COMMUNITY_WORKER: 1, ASSISTANT: 1 },
    });
  });
});

describe('a card is refused', () => {
  it('as CARD_UNKNOWN when there is none', () => {
    expect(present(null, rules, now)).toMatchObject({ code: 'CARD_UNKNOWN', facts: {} });
  });

  it('as CARD_EXPIRED with its last day, from midnight in Helsinki on', () => {
    const card = { ...personal, validUntil: '2026-11-22' };
    expect(present(card, rules, new Date('2026-11-22T21:59:59.999Z'))).toMatchObject({ cardId: 'c1' });
    expect(present(card, rules, new Date('2026-11-22T22:00:00.000Z'))).toMatchObject({
      code: 'CARD_EXPIRED',
      facts: { validUntil: '2026-11-22' },
    });
  });

  it('as CARD_SUSPENDED, also after its last day', () => {
    const suspended: Card = { ...personal, status: 'SUSPENDED' };
    expect(present(suspended, rules, now)).toMatchObject({ code: 'CARD_SUSPENDED', facts: {} });
    expect(present({ ...suspended, validUntil: '2026-01-01' }, rules, now)).toMatchObject({
      code: 'CARD_SUSPENDED',
    });
  });
});

describe('the words of a refusal', () => {
  const facts = { validUntil: '2026-03-01', opensAt: '2026-03-01T12:05:00.000Z' };
  const messages = presentationRefusalCodes.map((code) => refusalMessage(code, facts));

  it('exist in Finnish, Swedish and English, each its own', () => {
    for (const { fi, sv, en } of messages) expect(new Set([fi, sv, en]).size).toBe(3);
  });

  it('name the last day in the way of each language', () => {
    const expired = refusalMessage('CARD_EXPIRED', { validUntil: '2026-03-01' });
    expect(
      [expired.fi, expired.sv, expired.en].map((text) => /1\.3\.2026|1 March 2026/.exec(text ?? '')?.[0]),
    ).toEqual(['1.3.2026', '1.3.2026', '1 March 2026']);
  });

  it('name the time at which a lock opens, in Helsinki', () => {
    const { fi, sv, en } = refusalMessage('TOO_MANY_MISSES', facts);
    expect([fi, sv, en].map((text) => /14[.:]05/.exec(text ?? '')?.[0])).toEqual(['14.05', '14.05', '14:05']);
  });

  it('never speak of money or clients', () => {
    const text = JSON.stringify(messages);
    expect(text).not.toMatch(
      /köyh|vähävar|asiak|raha|tulo|fattig|klient|pengar|poor|poverty|client|money|income|kaiku/i,
    );
  });
});
