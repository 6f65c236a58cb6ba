import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Product } from '../../gateway/product.ts';
import { fixedClock } from '../../subgraphs/platform/clock.ts';
import { newId } from '../../subgraphs/platform/ids.ts';
import { httpClient, type Ask } from '../support/client.ts';
import { engines } from '../support/databases.ts';
import { door } from '../support/door.ts';
import { orchestra, startTestProduct } from '../support/product.ts';

const now = '2026-11-22T17:30:00.000Z';
const told = 'toldNotToLeaveUnused: true';

describe.each(engines)(
  'a day at the desk of an issuing unit, through the gateway on $name',
  ({ location }) => {
    let product: Product;
    let desk: Ask;
    let issuerId = '';
    beforeAll(async () => {
      product = await startTestProduct(await location(), fixedClock(now));
      const anyone = httpClient(product.gateway.url, { role: 'NATIONAL' });
      const { data } = await anyone<{ partners: { nodes: { id: string }[] } }>(
        '{ partners(role: ISSUER, first: 1) { nodes { id } } }',
      );
      issuerId = data?.partners.nodes[0]?.id ?? '';
      desk = httpClient(product.gateway.url, { role: 'ISSUER_STAFF', issuerId });
    });
    afterAll(async () => product.close());

    /** A mutation's answer, whichever type of its union it is. */
    const act = async (call: string, success: string, refusal: string): Promise<Record<string, unknown>> => {
      const source = `mutation { said: ${call} { __typename ${success} ... on ${refusal} { code } } }`;
      const { data, errors } = await desk<{ said: Record<string, unknown> }>(source);
      expect(errors).toBeUndefined();
      return data?.said ?? {};
    };
    const issue = async (fields = ''): Promise<{ id: string; code: string }> => {
      const holder = 'holder: { birthYear: 1990, postcode: "70100", children: 0, grandchildren: 0 }';
      const said = await act(
        `issueCard(input: { issuerId: "${issuerId}", kind: PERSONAL, ${holder}, homeInNetwork: true, ${told},
        wellbeing: { satisfaction: { declined: true } }, requestId: "${newId()}" ${fields} })`,
        '... on IssuedCard { cardCode card { id } }',
        'IssueCardRefusal',
      );
      expect(said).toMatchObject({ __typename: 'IssuedCard' });
      return { id: (said['card'] as { id: string }).id, code: String(said['cardCode']) };
    };

    it('prints a sheet of cards as a PDF for its own staff, and for nobody else', async () => {
      const made = await act(
        `createCardBatch(input: { issuerId: "${issuerId}", count: 11, requestId: "${newId()}" })`,
        '... on CardBatch { id sheets }',
        'CreateCardBatchRefusal',
      );
      expect(made).toMatchObject({ __typename: 'CardBatch', sheets: 1 });
      const read = `{ cardBatch(id: "${String(made['id'])}") { waiting sheet(number: 1) } }`;
      const { data, errors } = await desk<{ cardBatch: { waiting: number; sheet: string } }>(read);
      expect(errors).toBeUndefined();
      const pdf = Buffer.from(data?.cardBatch.sheet ?? '', 'base64').toString('latin1');
      expect(pdf.slice(0, 5)).toBe('%PDF-');
      expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(2);
      expect(data?.cardBatch.waiting).toBe(11);
      const other = httpClient(product.gateway.url, { role: 'ISSUER_STAFF', issuerId: 'another-unit' });
      expect((await other(read)).data).toEqual({ cardBatch: null });
    });

    it('issues, loses, replaces, renews and merges a card, and its limits follow it to every door', async () => {
      const staff = httpClient(product.gateway.url, { role: 'VENUE_STAFF', venueId: orchestra.id });
      const { token, redeem, present } = door(staff, orchestra.id);
      const shown = await staff<{ performances: { nodes: { id: string }[] } }>(
        `{ performances(venueId: "${orchestra.id}", from: "${now}", first: 1) { nodes { id } } }`,
      );
      const performanceId = shown.data?.performances.nodes[0]?.id ?? '';
      const seen = async (code: string): Promise<unknown> => {
        const { data } = await redeem(await token(code), performanceId);
        return data?.redeem.__typename === 'Redemption' ? 'LET_IN' : (data?.redeem as { code: string }).code;
      };
      const atDoor = async (code: string): Promise<unknown> => {
        const answer = (await present(code)).data?.presentCard;
        return answer?.__typename === 'Presentation' ? 'VALID' : answer?.code;
      };

      const first = await issue(', issuedOn: "2026-02-01"');
      expect(await seen(first.code)).toBe('LET_IN');
      expect(await seen(first.code)).toBe('ALREADY_SEEN');

      const changed = ['... on CardChanged { card { status } }', 'ChangeCardRefusal'] as const;
      expect(await act(`reportCardLost(cardId: "${first.id}")`, ...changed)).toMatchObject({
        card: { status: 'SUSPENDED' },
      });
      expect(await atDoor(first.code)).toBe('CARD_SUSPENDED');
      const replaced = await act(
        `replaceCard(input: { cardId: "${first.id}", reason: LOST, requestId: "${newId()}" })`,
        '... on ReplacedCard { cardCode }',
        'ReplaceCardRefusal',
      );
      const code = String(replaced['cardCode']);
      expect(await atDoor(first.code)).toBe('CARD_UNKNOWN');
      expect(await atDoor(code)).toBe('VALID');
      expect(await seen(code)).toBe('ALREADY_SEEN');

      const renewed = await act(
        `renewCard(input: { code: "${code}", ${told}, requestId: "${newId()}",
        wellbeing: { satisfaction: { declined: true }, increased: { declined: true } } })`,
        '... on RenewedCard { card { id status } }',
        'RenewCardRefusal',
      );
      expect(renewed).toMatchObject({ card: { id: first.id, status: 'VALID' } });
      expect(await seen(code)).toBe('ALREADY_SEEN');

      const second = await issue();
      const merged = await act(
        `mergeCards(input: { fromCardId: "${first.id}", intoCardId: "${second.id}", requestId: "${newId()}" })`,
        '... on CardChanged { card { id } }',
        'MergeCardsRefusal',
      );
      expect(merged).toMatchObject({ card: { id: second.id } });
      expect(await atDoor(code)).toBe('CARD_UNKNOWN');
      // Venues hear of the merge by event: when the holder sees the use of before, the limits have it too.
      const holder = httpClient(product.gateway.url, { role: 'HOLDER', cardId: second.id });
      const uses = async (): Promise<number> => {
        const { data } = await holder<{ myCard: { dataExport: { json: string } } }>(
          '{ myCard { dataExport { json } } }',
        );
        return (JSON.parse(data?.myCard.dataExport.json ?? '{}') as { uses: unknown[] }).uses.length;
      };
      await expect.poll(uses, { timeout: 10_000 }).toBe(1);
      expect(await seen(second.code)).toBe('ALREADY_SEEN');
    });
  },
);
