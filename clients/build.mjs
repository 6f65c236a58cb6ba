import { readFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { documentsPlugin, trustedDocuments } from './build/documents.mjs';
import { tokensPlugin } from './build/tokens.mjs';

const root = dirname(fileURLToPath(import.meta.url));

/** Builds every page into `outDir`: home/, door/, card/ and display/index.html, assets/ with hashed names, and trusted-documents.json. @param {string} outDir */
export async function buildClients(outDir) {
  await rm(outDir, { recursive: true, force: true });
  await buildPages(outDir);
  await buildDisplay(outDir);
  for (const page of /** @type {const} */ (['card', 'door'])) await buildWorker(outDir, page);
  await writeFile(join(outDir, 'trusted-documents.json'), await trustedDocuments(root));
}

/** What every build shares. Nothing is inlined: the pages run under `default-src 'self'`. @param {string} outDir */
const shared = (outDir) => ({
  root,
  configFile: /** @type {const} */ (false),
  logLevel: /** @type {const} */ ('warn'),
  mode: 'production',
  publicDir: /** @type {const} */ (false),
  plugins: [tokensPlugin(), documentsPlugin()],
  build: {
    outDir,
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});

/** @param {string} outDir */
async function buildPages(outDir) {
  const options = shared(outDir);
  await build({
    ...options,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      ...options.build,
      rolldownOptions: {
        input: [join(root, 'home/index.html'), join(root, 'door/index.html'), join(root, 'card/index.html')],
      },
    },
  });
}

/** The display is one classic script for televisions that know no modules. @param {string} outDir */
async function buildDisplay(outDir) {
  const options = shared(outDir);
  const result = await build({
    ...options,
    build: {
      ...options.build,
      target: 'es2015',
      // Otherwise Vite puts the style sheet into the script, and the policy refuses it.
      cssCodeSplit: false,
      cssTarget: 'chrome61',
      rolldownOptions: {
        input: join(root, 'display/main.ts'),
        output: {
          format: 'iife',
          entryFileNames: 'assets/display-[hash].js',
          assetFileNames: 'assets/display-[name]-[hash][extname]',
        },
      },
    },
  });
  const files = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  const page = (await readFile(join(root, 'display/index.html'), 'utf8'))
    .replace('%SCRIPT%', addressOf(files, '.js'))
    .replace('%STYLE%', addressOf(files, '.css'));
  await mkdir(join(outDir, 'display'), { recursive: true });
  await writeFile(join(outDir, 'display/index.html'), page);
}

/** A service worker is one script under a name that stays. @param {string} outDir @param {'card' | 'door'} page */
async function buildWorker(outDir, page) {
  const options = shared(outDir);
  await build({
    ...options,
    build: {
      ...options.build,
      rolldownOptions: {
        input: join(root, `${page}/worker.ts`),
        output: { format: 'iife', entryFileNames: `${page}/worker.js` },
      },
    },
  });
}

/** @param {readonly { fileName: string }[]} files @param {string} ending */
function addressOf(files, ending) {
  const found = files.filter(({ fileName }) => fileName.endsWith(ending));
  if (found.length !== 1)
    throw new Error(`The display has one ${ending} file; the build made ${found.length}.`);
  return `/${found[0].fileName}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // Under a test runner NODE_ENV is 'test', and Vite would build for development.
  process.env['NODE_ENV'] = 'production';
  await buildClients(resolve(process.argv[2] ?? join(root, '../dist/clients')));
}
