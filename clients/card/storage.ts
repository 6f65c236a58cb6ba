import { oneValue } from '../shared/one-value.ts';
import type { PhoneKeys } from './keys.ts';

/** What this phone keeps of the card: keys, and what is shown beside the code. */
export interface StoredCard {
  readonly keys: PhoneKeys;
  /** Null: the keys are made, and the server's answer was not heard yet. */
  readonly keyId: string | null;
  readonly validUntil: string;
  /** Milliseconds that the server's clock is ahead of this one. */
  readonly ahead: number;
  /** The printed code, when the holder typed it here to have it at hand. */
  readonly printedCode: string | null;
}

const kept = oneValue<StoredCard>('culture-card', 'card', 'mine');

/** Null: there is no card on this phone. */
export const loadCard = kept.load;
export const saveCard = kept.save;
export const forgetCard = kept.forget;
