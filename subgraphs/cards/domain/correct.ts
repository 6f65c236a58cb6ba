import { refuse, type Refusal } from '../../platform/refusals.ts';
import type { Card, HolderFacts } from './card.ts';
import { checkAge } from './eligibility.ts';
import type { ChangeRefusalCode } from './register-codes.ts';
import type { CardRules } from './rules.ts';

export type CorrectedField = 'birthYear' | 'postcode' | 'children' | 'grandchildren' | 'background';

export interface Correction {
  readonly holder: HolderFacts;
  /** Which facts differ from those of before; none when all of them were right. */
  readonly fields: readonly CorrectedField[];
}

/**
 * What the register should have said. A corrected birth year must be one with which the card could be given on its day.
 * Refuses CARD_MERGED, CARD_HAS_NO_HOLDER, HOLDER_TOO_YOUNG.
 */
export function correct(
  card: Card,
  changes: Partial<HolderFacts>,
  rules: CardRules,
): Correction | Refusal<ChangeRefusalCode> {
  if (card.status === 'MERGED') return refuse('CARD_MERGED');
  if (!card.holder) return refuse('CARD_HAS_NO_HOLDER');
  const holder: HolderFacts = { ...card.holder, ...changes };
  const tooYoung = checkAge(holder.birthYear, rules, card.issuedOn);
  if (tooYoung) return tooYoung;
  return { holder, fields: changedFields(card.holder, holder) };
}

function changedFields(before: HolderFacts, after: HolderFacts): CorrectedField[] {
  const plain = (['birthYear', 'postcode', 'children', 'grandchildren'] as const).filter(
    (field) => before[field] !== after[field],
  );
  const told = ({ background = [] }: HolderFacts): string => background.join(',');
  return told(before) === told(after) ? plain : [...plain, 'background'];
}
