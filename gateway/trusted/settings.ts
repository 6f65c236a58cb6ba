import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '../../subgraphs/platform/settings/config-error.ts';
import { readTexts, TrustedDocuments } from './trusted-documents.ts';

const form =
  'files, or folders of files, that an earlier build has written as dist/clients/trusted-documents.json';

/** TRUSTED_DOCUMENTS: places, separated by commas; as absolute paths. */
export function readPlaces(text = ''): readonly string[] {
  return text
    .split(',')
    .map((place) => place.trim())
    .filter((place) => place !== '')
    .map((place) => path.resolve(place));
}

/**
 * The documents of the build (whose file may be missing, while the clients are not built), and those of earlier builds, so that
 * a page that was opened before an upgrade goes on working. A ConfigError names the place where something is wrong.
 */
export function documentsOf(file: string, earlier: readonly string[]): TrustedDocuments {
  const texts = readTexts(file) ?? [];
  return new TrustedDocuments([...texts, ...earlier.flatMap(filesAt).flatMap(earlierTexts)]);
}

/** A file is itself; a folder is the `.json` files in it, which may be none: the first build has no earlier one. */
function filesAt(place: string): readonly string[] {
  try {
    if (!statSync(place).isDirectory()) return [place];
    const names = readdirSync(place).filter((name) => name.endsWith('.json'));
    return names.sort().map((name) => path.join(place, name));
  } catch {
    throw new ConfigError(`TRUSTED_DOCUMENTS names ${place}, which cannot be read. It must be ${form}.`);
  }
}

function earlierTexts(file: string): readonly string[] {
  let texts: readonly string[] | undefined;
  try {
    texts = readTexts(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`TRUSTED_DOCUMENTS: ${why} It must be ${form}.`);
  }
  if (texts) return texts;
  throw new ConfigError(`TRUSTED_DOCUMENTS names ${file}, which cannot be read. It must be ${form}.`);
}
