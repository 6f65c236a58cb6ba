import type { Text } from '../../platform/text.ts';
import type { MunicipalityStatus } from './municipality.ts';

export const lifecycles = ['INTERESTED', 'PILOT', 'PERMANENT', 'LEFT'] as const;

export type Lifecycle = (typeof lifecycles)[number];

export interface Network {
  readonly id: string;
  readonly key: string;
  readonly name: Text;
}

/**
 * How far a network is, from the statuses of its municipalities: as far as the one that is furthest. "Pilot or coming"
 * counts as a pilot: the decision to begin is made. A network that no municipality belongs to any more has LEFT.
 * Source: domain.md, life cycle of an area: INTERESTED → PILOT → PERMANENT (or LEFT).
 */
export function deriveLifecycle(statuses: readonly MunicipalityStatus[]): Lifecycle {
  if (statuses.includes('IN_USE')) return 'PERMANENT';
  if (statuses.includes('PILOT') || statuses.includes('PILOT_OR_COMING')) return 'PILOT';
  return statuses.length > 0 ? 'INTERESTED' : 'LEFT';
}
