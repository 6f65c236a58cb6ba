import { newId } from '../../../subgraphs/platform/ids.ts';
import { isRefusal } from '../../../subgraphs/platform/refusals.ts';
import type { Environment } from '../../../subgraphs/venues/service/environment.ts';
import { reserveSlice, type SliceRefusal } from '../../../subgraphs/venues/service/slice.ts';
import {
  uploadRedemptions,
  type OfflineUse,
  type UploadedUse,
} from '../../../subgraphs/venues/service/slice-upload.ts';
import type { Slice } from '../../../subgraphs/venues/store/slices.ts';
import { holder, said, token, type Stage, type TokenFacts } from './stage.ts';

export const askSlice = (
  stage: Stage,
  performanceId: string,
  changes: { readonly places?: number; readonly deviceId?: string; readonly requestId?: string } = {},
): Promise<Slice | SliceRefusal> =>
  reserveSlice(stage.env, stage.staff, {
    performanceId,
    deviceId: newId(),
    places: 4,
    requestId: newId(),
    ...changes,
  });

export async function sliced(
  stage: Stage,
  performanceId: string,
  changes: { readonly places?: number; readonly deviceId?: string } = {},
): Promise<Slice> {
  const answer = await askSlice(stage, performanceId, changes);
  if (isRefusal(answer)) throw new Error(answer.code);
  return answer as Slice;
}

/** A guest with a new card who comes in now, unless told otherwise. */
export function use(stage: Stage, changes: Partial<OfflineUse> = {}, card: TokenFacts = {}): OfflineUse {
  return {
    requestId: newId(),
    presentation: token(stage, card),
    lines: holder,
    at: stage.clock.now().toISOString(),
    ...changes,
  };
}

export const uploadTo = (
  stage: Stage,
  { id: sliceId }: Slice,
  entries: readonly OfflineUse[],
  env: Environment = stage.env,
): Promise<readonly UploadedUse[]> => uploadRedemptions(env, stage.staff, { sliceId, entries });

export const usesSaid = (uses: readonly UploadedUse[]): string[] => uses.map(({ answer }) => said(answer));
