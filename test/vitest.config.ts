import path from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // vitest would otherwise load graphql twice (its ESM and its CommonJS build), and graphql refuses to mix them.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
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
    testTimeout: 20_000,
    hookTimeout: 60_000,
    env: { APOLLO_TELEMETRY_DISABLED: '1', LOG_LEVEL: 'silent' },
  },
});
