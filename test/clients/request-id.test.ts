import { expect, it } from 'vitest';
import { newRequestId } from '../../clients/door/request-id.ts';

it('a request id is a UUIDv7, never the same, and a later one sorts after an earlier one', () => {
  const ids = Array.from({ length: 1_000 }, (_, ms) => newRequestId(Date.UTC(2026, 10, 23) + ms));
  for (const id of ids) {
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  }
  expect([...ids].sort()).toEqual(ids);
  const ofOneMoment = Array.from({ length: 1_000 }, () => newRequestId(0));
  expect(new Set(ofOneMoment).size).toBe(1_000);
});
