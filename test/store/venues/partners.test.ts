import { describe, expect, it } from 'vitest';
import { openNetworks } from '../../../subgraphs/networks/index.ts';
import { openVenues } from '../../../subgraphs/venues/index.ts';
import { readCatalogue } from '../../../subgraphs/venues/data/catalogue.ts';
import { anonymous } from '../../../subgraphs/platform/viewer.ts';
import { engines, options } from '../../support/databases.ts';
import { ask, publishAs } from '../../subgraph/venues/graph.ts';

interface Venues {
  readonly venues: { readonly nodes: readonly { kind: string; memberships: readonly { year: number }[] }[] };
}

describe.each(engines)('the venues of the documents, with the partners of networks, on $name', (engine) => {
  it('pop-ups stay pop-ups, and every venue of a network has its years', async () => {
    const opened = options(await engine.location());
    const networks = await openNetworks(opened);
    const venues = await openVenues(opened);
    try {
      await publishAs('cards', opened.location, opened, []);
      await venues.load();
      await networks.load();
      venues.start();
      await venues.caughtUp();
      const { data } = await ask<Venues>(
        venues,
        `{ venues(first: 200) { nodes { kind memberships { year } } } }`,
        {},
        anonymous,
      );
      const { nodes } = data.venues;
      const popUps = readCatalogue().filter(({ kind }) => kind === 'POP_UP').length;
      expect(nodes.filter(({ kind }) => kind === 'POP_UP')).toHaveLength(popUps);
      expect(nodes.filter(({ memberships }) => memberships.length > 0).length).toBeGreaterThan(40);
    } finally {
      await venues.close();
      await networks.close();
      await opened.live.close();
    }
  });
});
