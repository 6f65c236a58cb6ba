import { useEffect, useState } from 'preact/hooks';
import { signer, type PhoneKeys } from './keys.ts';
import { makeToken, slotMs } from './token.ts';

export interface ShownToken {
  readonly text: string;
  /** Until the next one. */
  readonly secondsLeft: number;
}

/** The token of this half minute by the server's clock, a new one when it is over, also after the phone slept. */
export function useToken(keyId: string, keys: PhoneKeys, ahead: number): ShownToken | null {
  const [shown, setShown] = useState<ShownToken | null>(null);
  useEffect(() => {
    const sign = signer(keys);
    let slot = -1;
    let text = '';
    let left = false;
    const tick = async () => {
      const at = Date.now() + ahead;
      const now = Math.floor(at / slotMs);
      if (now !== slot) {
        slot = now;
        const made = await makeToken(keyId, at, sign);
        if (slot !== now) return;
        text = made;
      }
      if (!left && text !== '') setShown({ text, secondsLeft: Math.ceil((slotMs - (at % slotMs)) / 1000) });
    };
    const timer = setInterval(() => void tick(), 250);
    void tick();
    return () => {
      left = true;
      clearInterval(timer);
    };
  }, [keyId, keys, ahead]);
  return shown;
}
