import { randomInt } from 'node:crypto';
import { isRefusal, refuse, type Refusal } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { codeOf, digitBase, digitCount, parseCode, type CardCode } from '../domain/code.ts';
import { claimPrintedCode, findBatchOfCode } from '../store/batches.ts';
import { insertCode, wasGivenBy } from '../store/codes.ts';
import type { CardsTransaction } from '../store/database.ts';

export type CodeRefusalCode = 'CARD_CODE_MISTYPED' | 'CODE_ALREADY_ISSUED' | 'CODE_NOT_PRINTED';

/** What a card is to be known by: a new code, a printed one of the unit, or the known one of a demo card. */
export type WantedCode =
  | { readonly kind: 'NEW' }
  | { readonly kind: 'PRINTED'; readonly typed: string; readonly issuerId: string }
  | { readonly kind: 'SEED'; readonly code: CardCode };

/** 55 random bits: nobody guesses a code, and two never meet. */
export function randomCode(): CardCode {
  return codeOf(Array.from({ length: digitCount }, () => randomInt(digitBase)));
}

const tries = 5;

/** Gives the card its code, or says why it cannot have it. */
export async function giveCode(
  trx: CardsTransaction,
  wanted: WantedCode,
  cardId: string,
  at: IsoInstant,
): Promise<CardCode | Refusal<CodeRefusalCode>> {
  if (wanted.kind === 'NEW') return giveNewCode(trx, cardId, at);
  const code = wanted.kind === 'SEED' ? wanted.code : await takePrinted(trx, wanted);
  if (isRefusal(code)) return code;
  return (await insertCode(trx, code, cardId, at)) ? code : refuse('CODE_ALREADY_ISSUED');
}

async function giveNewCode(trx: CardsTransaction, cardId: string, at: IsoInstant): Promise<CardCode> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const code = randomCode();
    if (await findBatchOfCode(trx, code)) continue;
    if (await insertCode(trx, code, cardId, at)) return code;
  }
  throw new Error(`No free card code in ${tries} tries: the source of chance is broken.`);
}

/**
 * Of two who hand over the same printed card at once, the one whose row this was has it. A code of another unit, in use or
 * not, is answered like one that was never printed: a desk learns nothing about the cards of others.
 */
async function takePrinted(
  trx: CardsTransaction,
  { typed, issuerId }: { readonly typed: string; readonly issuerId: string },
): Promise<CardCode | Refusal<CodeRefusalCode>> {
  const code = parseCode(typed);
  if (isRefusal(code)) return code;
  const batch = await findBatchOfCode(trx, code);
  if (batch?.issuerId !== issuerId) {
    return refuse((await wasGivenBy(trx, code, issuerId)) ? 'CODE_ALREADY_ISSUED' : 'CODE_NOT_PRINTED');
  }
  return (await claimPrintedCode(trx, code)) ? code : refuse('CODE_ALREADY_ISSUED');
}
