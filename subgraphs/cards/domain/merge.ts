import { refuse, type Refusal } from '../../platform/refusals.ts';
import { hasEnded, type Card } from './card.ts';
import type { MergeRefusalCode } from './register-codes.ts';

/**
 * Whether one registration may take another one over: two personal cards of one holder, neither merged nor
 * ended before. Whether it
 * is the same holder the worker says, for the register does not know who anybody is.
 */
export function merge(from: Card, into: Card): Refusal<MergeRefusalCode> | null {
  if (from.status === 'MERGED' || into.status === 'MERGED') return refuse('CARD_MERGED');
  if (from.id === into.id || from.kind !== 'PERSONAL' || into.kind !== 'PERSONAL')
    return refuse('MERGE_NEEDS_TWO_PERSONAL_CARDS');
  // What was cut off a person is never joined to one again.
  if (hasEnded(from) || hasEnded(into)) return refuse('CARD_NOT_IN_USE');
  return null;
}
