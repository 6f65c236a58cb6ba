import { expect, test, vi } from 'vitest';
import { deliver } from '../../clients/door/delivery.ts';
import { Counters } from '../../clients/shared/counters.ts';
import type { Answer } from '../../clients/shared/graphql/ask.ts';
import { browserLanguage } from '../../clients/shared/i18n/language.ts';
import { pick } from '../../clients/shared/i18n/text.ts';
import { backOffMs } from '../../clients/shared/retry.ts';

const lost: Answer<string> = { kind: 'unreachable' };
const arrived: Answer<string> = { kind: 'data', data: 'done', serverTime: null };

test('what the network loses is sent again until it is answered', async () => {
  vi.useFakeTimers();
  const answers = [lost, lost, lost, arrived];
  const troubles: number[] = [];
  const delivery = deliver(
    () => Promise.resolve(answers.shift() ?? lost),
    (failed) => troubles.push(failed),
  );
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await delivery.outcome).toEqual(arrived);
  expect(troubles).toEqual([1, 2, 3]);
  vi.useRealTimers();
});

test('a refusal or an error of the server is its last word', async () => {
  const attempt = vi.fn(() => Promise.resolve<Answer<string>>({ kind: 'error', code: 'FORBIDDEN' }));
  expect(await deliver(attempt, () => undefined).outcome).toEqual({ kind: 'error', code: 'FORBIDDEN' });
  expect(attempt).toHaveBeenCalledTimes(1);
});

test('giving up ends the waiting at once', async () => {
  const delivery = deliver(
    () => Promise.resolve(lost),
    () => delivery.abandon(),
  );
  expect(await delivery.outcome).toEqual({ kind: 'abandoned' });
});

test('the back-off doubles to its ceiling and half of it is chance', () => {
  expect([0, 1, 2, 3, 4, 50].map((attempt) => backOffMs(attempt, 1))).toEqual([
    500, 1_000, 2_000, 4_000, 5_000, 5_000,
  ]);
  expect(backOffMs(4, 0)).toBe(2_500);
});

test('a counter is never turned back by older news', () => {
  const counters = new Counters();
  const news = (sequence: number, remaining: number) => ({
    cap: 20,
    used: 20 - remaining,
    remaining,
    sequence,
    asOf: '',
  });
  counters.take('p1', news(5, 3));
  expect(counters.take('p1', news(4, 9)).remaining).toBe(3);
  expect(counters.take('p1', news(6, 2)).remaining).toBe(2);
  expect(counters.take('p2', news(1, 7)).remaining).toBe(7);
});

test('a text falls back to a language it has, and says which', () => {
  expect(pick({ fi: 'Konsertti', sv: null, en: '' }, 'en')).toEqual({ value: 'Konsertti', language: 'fi' });
  expect(pick({ fi: 'Konsertti', sv: 'Konsert', en: null }, 'sv')).toEqual({
    value: 'Konsert',
    language: 'sv',
  });
});

test("the browser's first known language is taken, and English by those who read none of the three", () => {
  expect(browserLanguage(['et-EE', 'sv-FI', 'fi'])).toBe('sv');
  expect(browserLanguage(['de-DE'])).toBe('en');
});
