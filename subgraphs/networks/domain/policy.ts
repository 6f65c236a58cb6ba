import { forbidden } from '../../platform/errors.ts';
import type { Role, Viewer } from '../../platform/viewer.ts';

/**
 * Everything networks holds is a public fact about organisations, so every role may read it; it is still asked here, so
 * that something private added one day is refused until somebody allows it. Deny by default: what is not named is no.
 */
const allowed = {
  read: [
    'ANONYMOUS',
    'HOLDER',
    'ISSUER_STAFF',
    'VENUE_STAFF',
    'COORDINATOR',
    'NATIONAL',
    'DISPLAY',
    'PARTNER_APP',
    'SYSTEM',
  ],
  registerArea: ['NATIONAL', 'SYSTEM'],
  registerPartner: ['NATIONAL', 'SYSTEM'],
  recordRule: ['NATIONAL', 'SYSTEM'],
  recordFigure: ['NATIONAL', 'SYSTEM'],
} as const satisfies Record<string, readonly Role[]>;

export type NetworksAction = keyof typeof allowed;

export function may(viewer: Viewer, action: NetworksAction): boolean {
  return (allowed[action] as readonly Role[]).includes(viewer.role);
}

/** Throws FORBIDDEN unless the viewer may. */
export function authorise(viewer: Viewer, action: NetworksAction): void {
  if (!may(viewer, action)) throw forbidden();
}
