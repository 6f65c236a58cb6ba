import { describe, expect, it } from 'vitest';
import { networkOf } from '../../subgraphs/networks/documents/areas.ts';
import { readPartners } from '../../subgraphs/networks/documents/partners.ts';
import { stableId } from '../../subgraphs/platform/ids.ts';
import { readCatalogue } from '../../subgraphs/venues/data/catalogue.ts';

/** The two subgraphs read their own copies of the documents and never each other: the ids they make must meet. */
describe('venues and networks', () => {
  const partnerVenues = readCatalogue().flatMap(({ kind, municipality, canonicalName, network }) =>
    kind === 'FIXED' && municipality !== null ? [{ municipality, canonicalName, network }] : [],
  );

  it('make the same partner ids for every venue that takes part in a network', () => {
    const inVenues = partnerVenues.map(({ municipality, canonicalName }) =>
      stableId('partner', 'venue', municipality, canonicalName),
    );
    const inNetworks = readPartners()
      .filter(({ role }) => role === 'VENUE')
      .map(({ id }) => id);
    expect(inVenues.toSorted()).toEqual(inNetworks.toSorted());
  });

  it('put every venue in the network of its municipality', () => {
    const elsewhere = partnerVenues.filter(
      ({ municipality, network }) =>
        network !== null && stableId('network', network) !== networkOf(municipality),
    );
    expect(elsewhere).toEqual([]);
    expect(partnerVenues.filter(({ network }) => network === null)).toEqual([]);
  });
});
