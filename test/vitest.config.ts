import path from 'node:path';
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { workers } from './support/workers.ts';

/** What starts processes, browsers or races of its own, and so wants the machine for itself. */
const alone = ['test/race/**/*.test.ts', 'test/product/**/*.test.ts', 'test/clients/**/*.test.ts'];

// It makes pictures and checks nothing: only when asked for, with SCREENSHOTS=<folder>.
const unasked = process.env['SCREENSHOTS'] ? [] : ['test/clients/screenshots.test.ts'];

/** Projects of one kind run together, the lower order first. */
function project(
  name: string,
  order: number,
  workers: number,
  files: { readonly include: string[]; readonly exclude?: string[] },
): TestProjectInlineConfiguration {
  return {
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
      name,
      include: files.include,
      exclude: [...configDefaults.exclude, ...unasked, ...(files.exclude ?? [])],
      sequence: { groupOrder: order },
      maxWorkers: workers,
      server: { deps: { inline: [/@apollo\/server-integration-testsuite/] } },
      testTimeout: 20_000,
      hookTimeout: 60_000,
      // What a page shows after an effect, or after an answer, is waited for: `expect.poll`.
      expect: { poll: { timeout: 10_000 } },
      env: { APOLLO_TELEMETRY_DISABLED: '1', LOG_LEVEL: 'silent' },
    },
  };
}

export default defineConfig({
  root: path.dirname(import.meta.dirname),
  test: {
    globalSetup: [path.join(import.meta.dirname, 'support/global-setup.ts')],
    projects: [
      project('parts', 0, workers, { include: ['test/**/*.test.ts'], exclude: alone }),
      project('whole', 1, 1, { include: alone }),
    ],
  },
});
