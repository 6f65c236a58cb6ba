import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runnerImport } from 'vite';

/** @param {string} text */
const hashOf = (text) => createHash('sha256').update(text).digest('hex');

/** The documents that an operations module exports, by the names of the exports. @param {string} file @returns {Promise<[name: string, text: string][]>} */
async function documentsOf(file) {
  const { module } = await runnerImport(file, { configFile: false, logLevel: 'warn' });
  return Object.entries(module).map(([name, { document }]) => [name, document]);
}

/**
 * What viewers without a key may run in production, as JSON: `{ "<SHA-256>": "<text>" }`. The gateway reads it when it starts.
 * @param {string} root
 */
export async function trustedDocuments(root) {
  const screens = await documentsOf(join(root, 'shared/operations/all.ts'));
  const partner = await readFile(join(root, 'partner/published-offerings.graphql'), 'utf8');
  const texts = [...screens.map(([, text]) => text), partner];
  return JSON.stringify(Object.fromEntries(texts.map((text) => [hashOf(text), text])), null, 2);
}

/** Vite plugin: puts the hash of each document beside it, so that the pages need not send the text. @returns {import('vite').Plugin} */
export function documentsPlugin() {
  return {
    name: 'trusted-documents',
    async load(id) {
      if (!/\/shared\/operations\/(?!all\.ts$)[^/]+\.ts$/.test(id)) return null;
      const exports = (await documentsOf(id)).map(([name, document]) => {
        const value = JSON.stringify({ document, hash: hashOf(document) });
        return `export const ${name} = ${value};`;
      });
      return { code: exports.join('\n'), moduleType: 'js' };
    },
  };
}
