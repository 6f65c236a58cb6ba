import type { Page, PageArgs } from '../../platform/pagination.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { PublishedFigure } from '../domain/figure.ts';
import type { Municipality } from '../domain/municipality.ts';
import { deriveLifecycle, type Lifecycle, type Network } from '../domain/network.ts';
import type { Partner, PartnerAlias, PartnerRole, PartnerYear } from '../domain/partner.ts';
import { authorise } from '../domain/policy.ts';
import type { Region, WellbeingServicesCounty } from '../domain/region.ts';
import { rulesOfNetwork, type Rule } from '../domain/rule.ts';
import { allRegions, municipalityPage, networkPage, type MunicipalityFilter } from '../store/areas.ts';
import type { NetworksReader } from '../store/database.ts';
import { figurePage } from '../store/figures.ts';
import { partnerPage, type PartnerFilter, type PartnerParent } from '../store/partners.ts';
import { readId, readIdFilter, readTextFilter } from './input.ts';
import { createLoaders, type Loaders } from './loaders.ts';

export type { MunicipalityFilter, PartnerFilter };

/** A page of the partners under a municipality or a network. */
export interface PartnersUnder extends PageArgs {
  readonly role?: PartnerRole | null | undefined;
}

/**
 * Everything a viewer may read of networks, for one operation: each question asks the policy first, whether it comes
 * from the root, from a parent or from another subgraph's reference. Throws FORBIDDEN.
 */
export class Catalogue {
  readonly #db: NetworksReader;
  readonly #viewer: Viewer;
  readonly #loaders: Loaders;

  constructor(db: NetworksReader, viewer: Viewer) {
    this.#db = db;
    this.#viewer = viewer;
    this.#loaders = createLoaders(db);
  }

  async municipality(id: string): Promise<Municipality | null> {
    return this.#allowed().municipality.load(readId('id', id));
  }

  async network(id: string): Promise<Network | null> {
    return this.#allowed().network.load(readId('id', id));
  }

  region(id: string): Promise<Region | null> {
    return this.#allowed().region.load(id);
  }

  wellbeingServicesCounty(id: string): Promise<WellbeingServicesCounty | null> {
    return this.#allowed().county.load(id);
  }

  async partner(id: string): Promise<Partner | null> {
    return this.#allowed().partner.load(readId('id', id));
  }

  regions(): Promise<Region[]> {
    this.#allowed();
    return allRegions(this.#db);
  }

  async municipalities(args: PageArgs & MunicipalityFilter): Promise<Page<Municipality>> {
    this.#allowed();
    return municipalityPage(this.#db, args, {
      status: args.status,
      networkId: readIdFilter('networkId', args.networkId),
      search: readTextFilter('search', args.search),
    });
  }

  async networks(args: PageArgs & { readonly search?: string | null | undefined }): Promise<Page<Network>> {
    this.#allowed();
    return networkPage(this.#db, args, readTextFilter('search', args.search));
  }

  async partners(args: PageArgs & PartnerFilter): Promise<Page<Partner>> {
    this.#allowed();
    return partnerPage(this.#db, args, {
      role: args.role,
      networkId: readIdFilter('networkId', args.networkId),
      municipalityId: readIdFilter('municipalityId', args.municipalityId),
      year: args.year,
      search: readTextFilter('search', args.search),
    });
  }

  partnersOfMunicipality(municipalityId: string, args: PartnersUnder): Promise<Page<Partner>> {
    return this.#partnersUnder('municipality_id', municipalityId, args, { municipalityId });
  }

  partnersOfNetwork(networkId: string, args: PartnersUnder): Promise<Page<Partner>> {
    return this.#partnersUnder('network_id', networkId, args, { networkId });
  }

  municipalitiesOfNetwork(networkId: string): Promise<readonly Municipality[]> {
    return this.#allowed().municipalitiesOfNetwork.load(networkId);
  }

  async lifecycleOfNetwork(networkId: string): Promise<Lifecycle> {
    return deriveLifecycle((await this.municipalitiesOfNetwork(networkId)).map(({ status }) => status));
  }

  yearsOfPartner(partnerId: string): Promise<readonly PartnerYear[]> {
    return this.#allowed().yearsOfPartner.load(partnerId);
  }

  aliasesOfPartner(partnerId: string): Promise<readonly PartnerAlias[]> {
    return this.#allowed().aliasesOfPartner.load(partnerId);
  }

  /** Rules of any status: drafts and disputed ones are known and shown as what they are. */
  async rules(filter: {
    readonly key?: string | null | undefined;
    readonly networkId?: string | null | undefined;
  }): Promise<Rule[]> {
    const { key } = filter;
    const networkId = readIdFilter('networkId', filter.networkId);
    const all = await this.#allowed().rules.load('all');
    const rules = key ? all.filter((rule) => rule.key === key) : all;
    if (!networkId) return rules;
    const municipalities = await this.municipalitiesOfNetwork(networkId);
    return rulesOfNetwork(rules, {
      id: networkId,
      regionIds: new Set(municipalities.map(({ regionId }) => regionId)),
    });
  }

  async publishedFigures(
    args: PageArgs & { readonly metric?: string | null | undefined },
  ): Promise<Page<PublishedFigure>> {
    this.#allowed();
    return figurePage(this.#db, args, readTextFilter('metric', args.metric));
  }

  #allowed(): Loaders {
    authorise(this.#viewer, 'read');
    return this.#loaders;
  }

  /** First pages of a list come in one statement; whoever pages on within one parent asks for that one alone. */
  #partnersUnder(
    parent: PartnerParent,
    parentId: string,
    { first, after, role }: PartnersUnder,
    filter: PartnerFilter,
  ): Promise<Page<Partner>> {
    const loaders = this.#allowed();
    if (after) return partnerPage(this.#db, { first, after }, { ...filter, role });
    return loaders.firstPartners.load({ parent, parentId, first: first ?? null, role: role ?? null });
  }
}
