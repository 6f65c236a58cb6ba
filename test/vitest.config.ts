import path from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // Apollo's suite brings another version than the one that we run.
    dedupe: ['@apollo/server'],
    // vitest would otherwise load graphql twice (its ESM and its CommonJS build), and graphql refuses to mix them.
    alias: [
      { find: /^graphql$/, replacement: 'graphql/index.js' },
      // Apollo's suite is written for jest; what it uses of jest, vitest has too.
      {
        find: '@jest/globals',
        replacement: path.join(import.meta.dirname, 'conformance/support/jest-globals.ts'),
      },
    ],
  },
  root: path.dirname(import.meta.dirname),
  test: {
    include: ['test/**/*.test.ts'],
    // It makes pictures and checks nothing: only when asked for, with SCREENSHOTS=<folder>.
    exclude: [
      ...configDefaults.exclude,
      ...(process.env['SCREENSHOTS'] ? [] : ['test/clients/screenshots.test.ts']),
    ],
    globalSetup: ['test/support/global-setup.ts'],
    server: { deps: { inline: [/@apollo\/server-integration-testsuite/] } },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    env: { APOLLO_TELEMETRY_DISABLED: '1', LOG_LEVEL: 'silent' },
  },
});
