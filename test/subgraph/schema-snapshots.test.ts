import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSnapshots } from '../../schema/snapshots.ts';
import { packageRoot } from '../../subgraphs/platform/assets.ts';

describe('the committed schema', () => {
  const snapshots = makeSnapshots();

  it.each(Object.keys(snapshots))('%s is what the code gives (else: npm run schema)', (file) => {
    expect(readFileSync(path.join(packageRoot(), 'schema', file), 'utf8')).toBe(snapshots[file]);
  });

  it('no field of a subgraph type is shared but the value types and paging', () => {
    const shareable = Object.entries(snapshots)
      .filter(([file]) => !/supergraph|api/.test(file))
      .flatMap(([, sdl]) => [...sdl.matchAll(/^type (\w+)[^{]*@shareable/gm)].map(([, type]) => type));
    expect(new Set(shareable)).toEqual(new Set(['PageInfo', 'PickedText', 'Text']));
  });
});
