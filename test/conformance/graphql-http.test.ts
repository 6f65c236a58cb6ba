import { serverAudits } from 'graphql-http';
import { expect, test } from 'vitest';
import { running } from '../gateway/support/running.ts';

/** As every client of this server that asks over GET: the header makes browsers ask first when the page is another site's. */
const fetchFn: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  headers.set('apollo-require-preflight', '1');
  return fetch(input, { ...init, headers });
};

/** The audits look for nothing but `__typename`, so that any graph will do. */
let url = '';
const audits = serverAudits({ url: () => url, fetchFn });

test('there are 61 audits', () => {
  expect(audits).toHaveLength(61);
});

test.each(audits.map((audit) => [audit.id, audit.name, audit] as const))(
  '%s %s',
  async (_id, _name, audit) => {
    const { gateway } = await running();
    url = `${gateway.url}/graphql`;
    const result = await audit.fn();
    expect(result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`).toBe('ok');
  },
);
