import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { GraphQLSchema } from 'graphql';
import { compose, subgraphSdl } from './compose.ts';

export interface NamedSchema {
  readonly name: string;
  readonly schema: GraphQLSchema;
}

/**
 * The supergraph of these schemas: the committed one when the committed subgraphs equal the running ones, which saves the
 * composition at every start; else composed now.
 */
export async function supergraphOf(subgraphs: readonly NamedSchema[], folder?: string): Promise<string> {
  const running = subgraphs.map(({ name, schema }) => ({ name, sdl: subgraphSdl(schema) }));
  if (folder !== undefined) {
    const [supergraph, ...committed] = await Promise.all(
      ['supergraph', ...running.map(({ name }) => name)].map((name) => readSdl(folder, name)),
    );
    const same = running.every(({ sdl }, index) => sdl.trim() === committed[index]?.trim());
    if (same && supergraph !== undefined) return supergraph;
  }
  return compose(running);
}

async function readSdl(folder: string, name: string): Promise<string | undefined> {
  try {
    return await readFile(path.join(folder, `${name}.graphql`), 'utf8');
  } catch {
    return undefined;
  }
}
