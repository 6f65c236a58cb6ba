import { describe, expect, it } from 'vitest';
import { addDays, localDate, localDateTime } from '../../subgraphs/platform/clock.ts';
import { AppError, badInput, notFound } from '../../subgraphs/platform/errors.ts';
import { newId, stableId } from '../../subgraphs/platform/ids.ts';
import { isRefusal, refuse } from '../../subgraphs/platform/refusals.ts';
import { pickText } from '../../subgraphs/platform/text.ts';
import { parseViewer, viewerKey, type Viewer } from '../../subgraphs/platform/viewer.ts';

describe('Helsinki time', () => {
  it.each([
    ['2026-11-22T22:30:00.000Z', '2026-11-23'],
    ['2026-06-22T20:59:59.999Z', '2026-06-22'],
    ['2026-06-22T21:00:00.000Z', '2026-06-23'],
  ])('the day of %s is %s', (at, day) => {
    expect(localDate(at)).toBe(day);
  });

  it.each([
    ['2026-11-22', '18:30', '2026-11-22T16:30:00.000Z'],
    ['2026-06-22', '18:30', '2026-06-22T15:30:00.000Z'],
    ['2026-06-22', '00:00', '2026-06-21T21:00:00.000Z'],
    ['2026-03-29', '02:59', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29', '04:00', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25', '02:59', '2026-10-24T23:59:00.000Z'],
    ['2026-10-25', '03:30', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25', '04:30', '2026-10-25T02:30:00.000Z'],
  ])('%s at %s is %s', (day, time, at) => {
    expect(localDateTime(day, time)).toBe(at);
  });

  it('days are counted over the ends of months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
  });
});

describe('ids', () => {
  it('only grow, and are UUIDs of version 7', () => {
    const made = Array.from({ length: 20_000 }, newId);
    expect(made.toSorted()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
    expect(made[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('the same words give the same id, other words or other borders between them another', () => {
    expect(stableId('venue', 'Vapriikki')).toBe(stableId('venue', 'Vapriikki'));
    expect(stableId('venue', 'Vapriikki')).not.toBe(stableId('venueVapriikki'));
    expect(stableId('ab', 'c')).not.toBe(stableId('a', 'bc'));
  });
});

describe('texts', () => {
  it('fall back from the asked language to Finnish, Swedish, English', () => {
    expect(pickText({ fi: null, sv: 'Museum', en: null }, 'EN')).toEqual({ value: 'Museum', language: 'SV' });
    expect(pickText({ fi: 'Museo', sv: '', en: 'Museum' }, 'SV')).toEqual({ value: 'Museo', language: 'FI' });
    expect(pickText({ fi: null, sv: null, en: null }, 'SV')).toEqual({ value: '', language: 'SV' });
  });
});

describe('viewers from outside', () => {
  it.each<Viewer>([
    { role: 'ANONYMOUS' },
    { role: 'NATIONAL' },
    { role: 'VENUE_STAFF', venueId: '0190aaaa-0000-7000-8000-000000000000' },
  ])('%j is understood', (viewer) => {
    expect(parseViewer(JSON.parse(JSON.stringify(viewer)))).toEqual(viewer);
  });

  it.each([
    [null],
    ['NATIONAL'],
    [[]],
    [{}],
    [{ role: 'SYSTEM' }],
    [{ role: 'constructor' }],
    [{ role: 'VENUE_STAFF' }],
    [{ role: 'VENUE_STAFF', venueId: '' }],
    [{ role: 'VENUE_STAFF', venueId: 7 }],
    [{ role: 'VENUE_STAFF', venueId: 'a&role=NATIONAL' }],
    [{ role: 'VENUE_STAFF', venueId: 'a', cardId: 'b' }],
    [{ role: 'NATIONAL', networkId: 'n' }],
  ])('%j is refused with BAD_INPUT', (json) => {
    expect(() => parseViewer(json)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }) as Error);
  });

  it('two viewers share a key only if they are the same', () => {
    expect(viewerKey({ role: 'DISPLAY', venueId: 'a' })).not.toBe(
      viewerKey({ role: 'VENUE_STAFF', venueId: 'a' }),
    );
    expect(viewerKey({ role: 'DISPLAY', venueId: 'a' })).toBe(viewerKey({ venueId: 'a', role: 'DISPLAY' }));
  });
});

describe('errors and refusals', () => {
  it('an error carries its code and facts to the GraphQL answer', () => {
    expect(badInput('count is 1 to 50.', { count: -1 }).extensions).toEqual({
      code: 'BAD_INPUT',
      facts: { count: -1 },
    });
    expect(notFound('venue', 'x'.repeat(100_000)).message.length).toBeLessThan(200);
    expect(notFound('venue', 'x')).toBeInstanceOf(AppError);
  });

  it('a refusal is data', () => {
    expect(isRefusal(refuse('CAP_REACHED', { cap: 20 }))).toBe(true);
    expect(isRefusal({ kind: 'redemption' })).toBe(false);
    expect(isRefusal(null)).toBe(false);
  });
});
