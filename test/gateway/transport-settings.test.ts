import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../gateway/config.ts';
import { packageRoot } from '../../subgraphs/platform/assets.ts';
import { developmentKeys } from '../../subgraphs/platform/server/keys.ts';

const secret = Buffer.alloc(32, 7).toString('base64');
const url = 'http://10.0.0.7:4003/graphql';

/** The sentence with which these settings are refused. */
function refusal(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('The settings were accepted.');
}

/** `npm run subgraph -- …`, after the build. */
function runSubgraph(args: readonly string[], env: Record<string, string>) {
  const file = path.join(packageRoot(), 'dist', 'subgraphs', 'run.js');
  const { status, stderr } = spawnSync(process.execPath, [file, ...args], { env, encoding: 'utf8' });
  return { status, lines: stderr.trim().split('\n') };
}

describe('where the subgraphs are', () => {
  it('a subgraph with an address is in another process, the others are here', () => {
    expect(readConfig({ VENUES_URL: url }).remotes).toEqual({ venues: url });
    expect(readConfig({}).remotes).toEqual({});
  });

  it.each(['10.9.8.7:4003', 'ftp://x/graphql', 'http://x', 'http://x/graphql?a=1', 'http://me:pw@x/graphql'])(
    '%s is refused in one sentence that does not show it',
    (address) => {
      const message = refusal({ CARDS_URL: address });
      expect(message).toMatch(/^CARDS_URL must be .+\.$/);
      expect(message).not.toContain(address);
    },
  );

  it('keys are one or two, the first signs, and no message shows them', () => {
    const keys = readConfig({ SUBGRAPH_KEYS: `new:${secret},old:${secret}` }).signingKeys;
    expect(keys?.map(({ id }) => id)).toEqual(['new', 'old']);
    const message = refusal({ SUBGRAPH_KEYS: 'new:c2hvcnQ=' });
    expect(message).toMatch(/^SUBGRAPH_KEYS must be .+\.$/);
    expect(message).not.toContain('c2hvcnQ=');
  });

  it('without keys development takes one that everybody knows, and production does not start', () => {
    expect(readConfig({ VENUES_URL: url }).signingKeys).toBe(developmentKeys);
    expect(refusal({ VENUES_URL: url, NODE_ENV: 'production' })).toContain('SUBGRAPH_KEYS must be set');
    expect(readConfig({ NODE_ENV: 'production' }).signingKeys).toBeUndefined();
  });
});

describe('a subgraph in a process of its own', () => {
  it.each([
    [[], {}, /one of networks, cards, venues, messaging/],
    [['theatres'], {}, /one of networks, cards, venues, messaging/],
    [['venues'], { NODE_ENV: 'production' }, /SUBGRAPH_KEYS must be set outside development/],
    [['venues'], { PORT: 'x' }, /PORT is "x"/],
  ])('%j with %j says in one sentence why it does not start', (args, env, why) => {
    const { status, lines } = runSubgraph(args, env);
    expect(status).toBe(1);
    expect(lines).toEqual([expect.stringMatching(why)]);
  });
});
