import { oneValue, type OneValue } from '../../shared/one-value.ts';
import { newRequestId } from '../request-id.ts';
import type { Shelf } from './kept-book.ts';
import type { KnownPhones } from './known-phones.ts';

/** What this device keeps for its work without a network, beside the books. */
export interface KeptPhones {
  readonly venueId: string;
  readonly known: KnownPhones;
  /** Milliseconds that the server's clock is ahead of this one. */
  readonly ahead: number;
}

export const keptPhones: OneValue<KeptPhones> = oneValue('culture-card-door', 'phones', 'known');

/** The browser's storage; where it is switched off, one that keeps nothing. */
export function deviceShelf(): Shelf {
  try {
    return localStorage;
  } catch {
    const refuse = (): never => {
      throw new Error('The browser keeps nothing.');
    };
    return { length: 0, key: () => null, getItem: () => null, setItem: refuse, removeItem: () => undefined };
  }
}

const deviceKey = 'door-device-id';

/** A random word for this device; the same one as long as the browser keeps it. Null: the browser keeps nothing. */
export function deviceId(shelf: Shelf): string | null {
  try {
    const kept = shelf.getItem(deviceKey);
    if (kept) return kept;
    const made = newRequestId();
    shelf.setItem(deviceKey, made);
    return made;
  } catch {
    return null;
  }
}
