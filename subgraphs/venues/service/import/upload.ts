import { badInput } from '../../../platform/errors.ts';
import type { Millis } from '../../../platform/units.ts';
import { dropParts, findParts, savePart } from '../../store/imports.ts';
import { lockVenue } from '../../store/venue-facts.ts';
import type { Environment } from '../environment.ts';

/** Which part of a file this is, where the whole does not fit in one request. */
export interface UploadPart {
  /** Chosen by the caller. */
  readonly id: string;
  /** From 1. Left out with the text: the parts that have come already. */
  readonly part?: number | null | undefined;
  readonly parts?: number | null | undefined;
}

export type Collected =
  | { readonly isWhole: true; readonly text: string }
  | { readonly isWhole: false; readonly missing: readonly number[] };

/** With its escapes and the rest of the request it stays under the gateway's 100 kB. */
export const longestPartBytes = 90_000;
export const mostParts = 20;
const mostUploads = 3;
const keptMs: Millis = 3_600_000;

/** The whole text, or which parts are still to come. Parts wait for an hour. Throws BAD_INPUT. */
export async function collectUpload(
  env: Environment,
  venueId: string,
  text: string | null | undefined,
  upload: UploadPart | null | undefined,
): Promise<Collected> {
  if (text !== null && text !== undefined) checkPart(text);
  if (!upload) {
    if (text === null || text === undefined)
      throw badInput('Send text, or the upload whose parts have come.');
    return { isWhole: true, text };
  }
  if (!/^[\x21-\x7e]{8,100}$/.test(upload.id)) {
    throw badInput('upload.id is 8 to 100 printable ASCII characters without a space, such as a UUID.');
  }
  if (text !== null && text !== undefined) await keep(env, venueId, text, upload);
  const stored = await findParts(env.database.reader, venueId, upload.id);
  const [first] = stored;
  if (!first)
    throw badInput('No part of this upload is here: it may have waited for over an hour.', { parts: 0 });
  const here = new Set(stored.map(({ part }) => part));
  const missing = Array.from({ length: first.parts }, (_, index) => index + 1).filter(
    (part) => !here.has(part),
  );
  return missing.length > 0
    ? { isWhole: false, missing }
    : { isWhole: true, text: stored.map(({ text: part }) => part).join('') };
}

function checkPart(text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > longestPartBytes) {
    throw badInput(`text has at most ${longestPartBytes} bytes: send a longer file in parts.`, {
      bytes,
      most: longestPartBytes,
    });
  }
  if (text.includes('\0') || /\p{Surrogate}/u.test(text))
    throw badInput('text is not text.', { problem: 'NOT_A_TEXT' });
}

async function keep(
  env: Environment,
  venueId: string,
  text: string,
  { id, part, parts }: UploadPart,
): Promise<void> {
  const isWhole = (value: number | null | undefined): value is number => Number.isInteger(value);
  if (!isWhole(part) || !isWhole(parts) || part < 1 || parts > mostParts || part > parts) {
    throw badInput(`upload.part goes from 1 to upload.parts, which is at most ${mostParts}.`, {
      most: mostParts,
    });
  }
  const now = env.clock.now();
  await env.database.write(async (trx) => {
    await lockVenue(trx, venueId);
    const [first] = await findParts(trx, venueId, id);
    if (first && first.parts !== parts) {
      throw badInput('upload.parts is the same for every part of an upload.', { parts: first.parts });
    }
    await savePart(trx, venueId, { uploadId: id, part, parts, text }, now.toISOString());
    await dropParts(trx, venueId, new Date(now.getTime() - keptMs).toISOString(), mostUploads);
  });
}
