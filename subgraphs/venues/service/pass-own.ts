import type { Viewer } from '../../platform/viewer.ts';
import type { Pass } from '../domain/pass.ts';
import { policy } from '../domain/policy.ts';
import { findPass, passesOfCard } from '../store/passes.ts';
import type { Environment } from './environment.ts';

export const mostPassesShown = 50;

/** The passes of a card, the newest first: for its holder alone, else null. */
export async function ownPasses(
  { database }: Environment,
  viewer: Viewer,
  cardId: string,
): Promise<readonly Pass[] | null> {
  if (!policy.readCardRedemptions(viewer, cardId)) return null;
  return passesOfCard(database.reader, cardId, { most: mostPassesShown });
}

/** The pass of a visit, which is seen by whoever sees the visit. */
export async function passOf({ database }: Environment, passId: string | null): Promise<Pass | null> {
  return passId === null ? null : findPass(database.reader, passId);
}
