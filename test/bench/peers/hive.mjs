// Hive Gateway as its command line starts it, in this process, so that its CPU time is this process's.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const manifest = createRequire(import.meta.url).resolve('@graphql-hive/gateway/package.json');
process.argv.push(
  'supergraph',
  process.env.SUPERGRAPH,
  '--hive-router-runtime',
  '--fork=1',
  '--host=127.0.0.1',
  `--port=${process.env.PORT}`,
);
await import(pathToFileURL(path.join(path.dirname(manifest), 'dist', 'bin.js')).href);
