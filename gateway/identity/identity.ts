import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { readDevViewer } from './dev-viewer.ts';

/** Who asks, and until when that is known. */
export interface Identity {
  readonly viewer: Viewer;
  /** Milliseconds since 1970; a socket is closed with 4403 then. Nothing: it does not expire. */
  readonly expiresAt?: number;
}

/** Decides who asks from what a request or a socket brought along. Throws an AppError for what it refuses. */
export type Identify = (claimed: unknown) => Identity;

/** Until logins exist: as a developer says, and in production ANONYMOUS. */
export function developmentIdentity(production: boolean): Identify {
  return (claimed) => ({ viewer: readDevViewer(claimed, production) });
}
