import { badInput } from './errors.ts';

/**
 * Who is asking, as the gateway decided. Ids are opaque: `issuerId` is a Partner's id, `venueId` a Venue's, `cardId` a
 * Card's. SYSTEM is for the product's own loading and consumers and never comes from outside.
 */
export type Viewer =
  | { readonly role: 'ANONYMOUS' }
  | { readonly role: 'HOLDER'; readonly cardId: string }
  | { readonly role: 'ISSUER_STAFF'; readonly issuerId: string }
  | { readonly role: 'VENUE_STAFF'; readonly venueId: string }
  | { readonly role: 'COORDINATOR'; readonly networkId: string }
  | { readonly role: 'NATIONAL' }
  | { readonly role: 'DISPLAY'; readonly venueId: string }
  | { readonly role: 'PARTNER_APP'; readonly appId: string }
  | { readonly role: 'SYSTEM' };

export type Role = Viewer['role'];

export const anonymous: Viewer = { role: 'ANONYMOUS' };
export const system: Viewer = { role: 'SYSTEM' };

/** The id that each role from outside must bring with it, and no other. */
const idOf = {
  ANONYMOUS: null,
  HOLDER: 'cardId',
  ISSUER_STAFF: 'issuerId',
  VENUE_STAFF: 'venueId',
  COORDINATOR: 'networkId',
  NATIONAL: null,
  DISPLAY: 'venueId',
  PARTNER_APP: 'appId',
} as const satisfies Record<Exclude<Role, 'SYSTEM'>, string | null>;

/** A viewer from JSON that came from outside. Refuses BAD_INPUT with what would be right. */
export function parseViewer(json: unknown): Viewer {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw badInput('A viewer is a JSON object such as {"role":"VENUE_STAFF","venueId":"…"}.');
  }
  const fields = json as Record<string, unknown>;
  const role = fields['role'];
  if (typeof role !== 'string' || !Object.hasOwn(idOf, role)) {
    throw badInput(`A viewer's role is one of ${Object.keys(idOf).join(', ')}.`);
  }
  const needed = idOf[role as keyof typeof idOf];
  const others = Object.keys(fields).filter((name) => name !== 'role' && name !== needed);
  if (others.length > 0) {
    throw badInput(
      `A viewer with role ${role} has ${needed ? `only the field ${needed}` : 'no other field'}.`,
    );
  }
  if (needed === null) return { role } as Viewer;
  const id = fields[needed];
  if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id)) {
    throw badInput(`A viewer with role ${role} needs ${needed}: an id of 1 to 64 letters, digits, - or _.`);
  }
  return { role, [needed]: id } as unknown as Viewer;
}

/** One string for one viewer: what may be shared between two requests is decided by comparing these. */
export function viewerKey(viewer: Viewer): string {
  return Object.entries(viewer)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
