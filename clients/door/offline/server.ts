import { ask, type Answer } from '../../shared/graphql/ask.ts';
import {
  offlineKeys,
  presentSeenOffline,
  reserveSlice,
  returnSlice,
  uploadRedemptions,
  type OfflineKeyPage,
  type OfflineRefused,
  type OfflineSlice,
  type ReserveSliceInput,
} from '../../shared/operations/offline-door.ts';
import { staffHeaders } from '../identity.ts';
import type { PhonesAnswer } from './known-phones.ts';
import type { Given, UploadPorts } from './upload.ts';

/** What a door asks the server for the sake of its work without one. Nothing here rejects. */
export interface OfflineServer extends Pick<UploadPorts, 'present' | 'upload'> {
  reserve(input: ReserveSliceInput): Promise<Answer<OfflineSlice | OfflineRefused>>;
  giveBack(sliceId: string): Promise<Answer<unknown>>;
  /** All pages of what changed since then; null: of everything. */
  phones(since: string | null): Promise<Answer<PhonesAnswer>>;
}

export function offlineServer(venueId: string): OfflineServer {
  const options = { headers: staffHeaders(venueId) };
  const within = <All, Part>(answer: Answer<All>, part: (all: All) => Part): Answer<Part> =>
    answer.kind === 'data' ? { ...answer, data: part(answer.data) } : answer;
  return {
    reserve: async (input) => within(await ask(reserveSlice, { input }, options), (all) => all.reserveSlice),
    giveBack: (sliceId) => ask(returnSlice, { input: { sliceId } }, options),
    present: async (shown) =>
      within(await ask(presentSeenOffline, { input: { venueId, shown } }, options), (all) =>
        all.presentSeenOffline.map((one): Given =>
          one.__typename === 'Presentation' ? { token: one.token } : { refused: one },
        ),
      ),
    upload: async (sliceId, entries) =>
      within(
        await ask(uploadRedemptions, { input: { sliceId, entries } }, options),
        (all) => all.uploadRedemptions.uses,
      ),
    phones: async (since) => {
      const keys: PhonesAnswer['keys'][number][] = [];
      let first: Pick<PhonesAnswer, 'asOf' | 'isWhole'> | null = null;
      for (let after: string | null = null; ;) {
        const answer: Answer<OfflineKeyPage> = await ask(offlineKeys, { venueId, since, after }, options);
        if (answer.kind !== 'data') return answer;
        const { asOf, isWhole, keys: page }: OfflineKeyPage['offlineKeys'] = answer.data.offlineKeys;
        // What changes while the pages are read is told by the next answer, which begins at the first page's moment.
        first ??= { asOf, isWhole };
        keys.push(...page.nodes);
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
        if (after === null) return { ...answer, data: { ...first, keys } };
      }
    },
  };
}
