import { stableId } from '../../platform/ids.ts';
import type { PartnerRole } from '../domain/partner.ts';

/** Ids made of printed words, the same in every subgraph, so that no subgraph has to read another's tables. */
export const regionId = (printedAs: string): string => stableId('region', printedAs);
export const countyId = (name: string): string => stableId('wellbeing-services-county', name);
export const municipalityId = (name: string): string => stableId('municipality', name);
export const networkId = (key: string): string => stableId('network', key);
export const venueId = (canonicalName: string): string => stableId('venue', canonicalName);
export const partnerId = (role: PartnerRole, municipality: string, canonicalName: string): string =>
  stableId('partner', role === 'ISSUER' ? 'issuer' : 'venue', municipality, canonicalName);
