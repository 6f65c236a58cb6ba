import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, allowedBy } from '../../clients/door/offline/admit.ts';
import { placesLeft, placesOf, unsentUses } from '../../clients/door/offline/book.ts';
import { doorRules, type SliceRule } from '../../clients/door/offline/door-rules.ts';
import type { TicketLine } from '../../clients/shared/operations/redemptions.ts';
import { bookOf, cameIn, holder, hour, minute, now, open, seen, wish } from './support/offline-door.ts';
import { newPhone } from './support/offline-phones.ts';

describe('a door that lets guests in against its slice', () => {
  it('counts the places down, without assistants, and says no to one more than there are', async () => {
    let book = bookOf(3);
    const lines: readonly TicketLine[] = [
      ...holder,
      { type: 'CHILD', count: 1 },
      { type: 'ASSISTANT', count: 1 },
    ];
    book = cameIn(admit(book, await wish({ lines }), now));
    expect(placesLeft(book)).toBe(1);
    const two = await wish({ lines: [...holder, { type: 'CHILD', count: 1 }] });
    expect(admit(book, two, now)).toBe('SLICE_USED_UP');
    book = cameIn(admit(book, await wish(), now));
    expect(placesLeft(book)).toBe(0);
    expect(admit(book, await wish(), now)).toBe('SLICE_USED_UP');
  });

  it('writes down a guest who is inside all the same, and places never go below zero', async () => {
    const full = cameIn(admit(bookOf(1), await wish(), now));
    const over = cameIn(admit(full, await wish({ insists: true }), now));
    expect([unsentUses(over).length, placesLeft(over)]).toEqual([2, 0]);
    const late = now + 3 * hour;
    expect(admit(over, await wish(), late)).toBe('SLICE_OVER');
    expect(unsentUses(cameIn(admit(over, await wish({ insists: true }), late)))).toHaveLength(3);
  });

  it('lets one phone in once, a community card as often as it comes, and the same press twice once', async () => {
    const first = await wish();
    const book = cameIn(admit(bookOf(), first, now));
    expect(admit(book, first, now)).toBe(book);
    expect(admit(book, await wish({ seen: first.seen }), now)).toBe('ALREADY_SEEN_HERE');
    const community = await seen(newPhone({ kind: 'COMMUNITY' }));
    const lines: readonly TicketLine[] = [{ type: 'COMMUNITY_WORKER', count: 1 }];
    const once = cameIn(admit(book, await wish({ seen: community, lines }), now));
    expect(placesLeft(cameIn(admit(once, await wish({ seen: community, lines }), now)))).toBe(1);
  });

  it('gives the lines of the card and no more, its own always among them', async () => {
    const refused: readonly (readonly TicketLine[])[] = [
      [],
      [{ type: 'CHILD', count: 1 }],
      [{ type: 'HOLDER', count: 2 }],
      [...holder, ...holder],
      [...holder, { type: 'CHILD', count: 3 }],
      [...holder, { type: 'CHILD', count: -1 }],
      [...holder, { type: 'CHILD', count: 1.5 }],
      [...holder, { type: 'ASSISTANT', count: 2 }],
      [{ type: 'COMMUNITY_WORKER', count: 1 }],
    ];
    for (const lines of refused) expect(admit(bookOf(), await wish({ lines }), now)).toBe('LINE_NOT_ALLOWED');
    const lines: readonly TicketLine[] = [...holder, { type: 'CHILD', count: 0 }];
    expect(cameIn(admit(bookOf(), await wish({ lines }), now)).uses[0]?.lines).toEqual(holder);
  });

  it('a course has no places for children and community cards', async () => {
    const course = bookOf(4, { children: false, communityCards: false });
    const lines: readonly TicketLine[] = [...holder, { type: 'CHILD', count: 1 }];
    expect(admit(course, await wish({ lines }), now)).toBe('LINE_NOT_ALLOWED');
    expect(allowedBy(course, newPhone({ kind: 'COMMUNITY' }).known)).toEqual({});
  });

  it('keeps the window, and stops at the slice’s end or when its clock was turned back', async () => {
    const one = await wish();
    expect(admit(bookOf(4, { isClosed: true }), one, now)).toBe('PERFORMANCE_CANCELLED');
    expect(admit(bookOf(4, { opensAt: now + 1 }), one, now)).toBe('OUTSIDE_WINDOW');
    expect(admit(bookOf(4, { opensAt: now, closesAt: now + 1 }), one, now)).toMatchObject({ version: 1 });
    expect(admit(bookOf(4, { closesAt: now }), one, now)).toBe('OUTSIDE_WINDOW');
    expect(admit(bookOf(), one, now + 3 * hour)).toBe('SLICE_OVER');
    expect(admit(bookOf(), one, now - hour - minute - 1)).toBe('CLOCK_WRONG');
    expect(typeof admit(bookOf(), one, now - hour - minute)).toBe('object');
  });

  it('reads the rules of the slice: the latest opening, the earliest end, what courses do not give', () => {
    const rule = (
      limit: string,
      facts: Record<string, string> = {},
      passes: boolean | null = true,
    ): SliceRule => ({
      limit,
      passes,
      facts: Object.entries(facts).map(([name, value]) => ({ name, value })),
    });
    const at = (hours: number): string => new Date(now + hours * hour).toISOString();
    expect(doorRules([])).toEqual(open);
    expect(
      doorRules([
        rule('PERFORMANCE_CANCELLED', {}, false),
        rule('PERFORMANCE_OVER', { closedAt: at(3), startsAt: at(0) }),
        rule('REDEMPTION_WINDOW', { opensAt: at(-5) }),
        rule('ENROLMENT_WINDOW', { opensAt: at(-2), closedAt: at(1) }),
        rule('NO_CHILDREN_AT_COURSES', { opensAt: at(9) }),
      ]),
    ).toEqual({
      isClosed: true,
      opensAt: now - 2 * hour,
      closesAt: now + hour,
      children: false,
      communityCards: true,
    });
  });

  it('whatever guests come in whatever order, the slice is never exceeded without insisting', async () => {
    const phones = await Promise.all(Array.from({ length: 6 }, () => seen()));
    const guest = fc.record({
      phone: fc.nat(5),
      children: fc.nat(3),
      assistant: fc.boolean(),
      request: fc.nat(9),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(guest, { maxLength: 20 }), (places, guests) => {
        let book = bookOf(places);
        for (const { phone, children, assistant, request } of guests) {
          const lines: TicketLine[] = [
            ...holder,
            { type: 'CHILD', count: children },
            { type: 'ASSISTANT', count: assistant ? 1 : 0 },
          ];
          const answer = admit(book, { seen: phones[phone]!, lines, requestId: `r${request}` }, now);
          if (typeof answer !== 'string') book = answer;
        }
        const given = book.uses.reduce((sum, { lines }) => sum + placesOf(lines), 0);
        expect(given).toBeLessThanOrEqual(places);
        expect(placesLeft(book)).toBe(places - given);
        expect(new Set(book.uses.map(({ keyId }) => keyId)).size).toBe(book.uses.length);
        expect(new Set(book.uses.map(({ requestId }) => requestId)).size).toBe(book.uses.length);
      }),
    );
  });
});
