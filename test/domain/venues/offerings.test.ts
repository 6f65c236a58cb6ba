import { describe, expect, it } from 'vitest';
import { noFacts, stateOf } from '../../../subgraphs/venues/domain/offering-facts.ts';
import { isOpenAt, openTimesOn, type Opening } from '../../../subgraphs/venues/domain/opening-hours.ts';
import { problemCodes } from '../../../subgraphs/venues/domain/problem.ts';
import { problemText } from '../../../subgraphs/venues/domain/problem-texts.ts';
import { expand } from '../../../subgraphs/venues/domain/recurrence.ts';
import { holderPays, type CourseTerms } from '../../../subgraphs/venues/domain/terms.ts';
import { readDate, readMoment, readTime } from '../../../subgraphs/venues/domain/import/when.ts';

describe('opening hours', () => {
  const note = null;
  const opening: Opening = {
    hours: [
      { weekday: 1, opens: '13:00', closes: '17:00' },
      { weekday: 1, opens: '10:00', closes: '12:00' },
      { weekday: 5, opens: '20:00', closes: '24:00' },
    ],
    exceptions: [
      { date: '2026-12-07', opens: null, closes: null, note },
      { date: '2026-12-14', opens: '11:00', closes: '15:00', note },
    ],
  };

  it('a weekday has its hours in order, an exception goes before them, a day without hours is closed', () => {
    expect(openTimesOn(opening, '2026-11-30')).toEqual([
      { opensAt: '2026-11-30T08:00:00.000Z', closesAt: '2026-11-30T10:00:00.000Z' },
      { opensAt: '2026-11-30T11:00:00.000Z', closesAt: '2026-11-30T15:00:00.000Z' },
    ]);
    expect(openTimesOn(opening, '2026-12-07')).toEqual([]);
    expect(openTimesOn(opening, '2026-12-14')).toHaveLength(1);
    expect(openTimesOn(opening, '2026-12-01')).toEqual([]);
  });

  it.each([
    ['2026-11-30T08:00:00.000Z', true],
    ['2026-11-30T10:00:00.000Z', false],
    ['2026-12-04T21:59:59.999Z', true],
    ['2026-12-04T22:00:00.000Z', false],
  ])('at %s open: %s', (at, open) => {
    expect(isOpenAt(opening, at)).toBe(open);
  });
});

describe('a weekly rule', () => {
  it('keeps the wall clock when the clocks change', () => {
    const rule = {
      weekdays: [7],
      times: [{ starts: '18:00', ends: '19:00' }],
      from: '2026-10-18',
      to: '2026-11-01',
      except: [],
    };
    expect(expand(rule).map(({ startsAt }) => startsAt)).toEqual([
      '2026-10-18T15:00:00.000Z',
      '2026-10-25T16:00:00.000Z',
      '2026-11-01T16:00:00.000Z',
    ]);
  });
});

describe('a fee', () => {
  const course: CourseTerms = {
    sessions: [],
    enrolFrom: null,
    enrolTo: null,
    feeCents: 0,
    feeCeilingCents: null,
    places: null,
  };
  // Pedersöre: up to 25 €, the rest is paid by the holder.
  it.each([
    [2000, 2500, 0],
    [2500, 2500, 0],
    [6000, 2500, 3500],
    [6000, null, 0],
    [6000, 0, 6000],
  ])('of %i cents with a ceiling of %s leaves %i to pay', (feeCents, feeCeilingCents, left) => {
    expect(holderPays({ ...course, feeCents, feeCeilingCents })).toBe(left);
  });
});

it('an offering is a draft until it has been published once', () => {
  const at = '2026-11-22T10:00:00.000Z';
  expect(stateOf(false, noFacts('o'))).toBe('DRAFT');
  expect(stateOf(true, noFacts('o'))).toBe('PUBLISHED');
  expect(stateOf(false, { ...noFacts('o'), firstPublishedAt: at })).toBe('UNPUBLISHED');
});

describe('what files call a moment', () => {
  it.each([
    ['2026-12-05', '2026-12-05'],
    ['5.12.2026', '2026-12-05'],
    ['31.11.2026', null],
    ['2026-02-29', null],
    ['12/5/2026', null],
  ])('the date %s is %s', (value, date) => {
    expect(readDate(value)).toBe(date);
  });

  it.each([
    ['9.05', '09:05'],
    ['18:30', '18:30'],
    ['24:00', null],
    ['1830', null],
  ])('the time %s is %s', (value, time) => {
    expect(readTime(value)).toBe(time);
  });

  it.each([
    ['2026-12-05T18:30:00+02:00', '2026-12-05T16:30:00.000Z'],
    ['2026-12-05T18:30:00+0200', '2026-12-05T16:30:00.000Z'],
    ['2026-07-05T18:30', '2026-07-05T15:30:00.000Z'],
    ['2026-12-05T16:30:00Z', '2026-12-05T16:30:00.000Z'],
    ['2026-12-05', null],
    ['2026-13-05T10:00', null],
  ])('%s is %s', (value, moment) => {
    expect(readMoment(value)).toBe(moment);
  });
});

it.each(problemCodes)('%s is said in Finnish, Swedish and English', (code) => {
  const facts = {
    most: 5,
    least: 1,
    days: 9,
    kind: 'COURSE',
    needs: 'x',
    line: 3,
    row: 2,
    uses: 1,
    used: 1,
    floor: 3,
    tickets: 67,
    minutes: 120,
    known: 'a',
  };
  for (const words of Object.values(problemText(code, facts))) {
    expect(words).toMatch(/^[A-ZÅÄÖ0-9].*[.]?$/);
    expect(words).not.toMatch(/undefined|null/);
  }
});
