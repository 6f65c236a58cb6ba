import { PrintedCode } from './printed-code.tsx';
import { Qr } from './qr.tsx';
import { RemovePhone } from './remove-phone.tsx';
import type { StoredCard } from './storage.ts';
import { useTexts } from './texts/index.ts';
import { useToken } from './use-token.ts';

interface Props {
  readonly card: StoredCard;
  readonly keyId: string;
  readonly keep: (card: StoredCard) => void;
  readonly removed: () => void;
}

/** The code to show at a door, and how long it is good. */
export function CardView({ card, keyId, keep, removed }: Props) {
  const texts = useTexts().card;
  const token = useToken(keyId, card.keys, card.ahead);
  return (
    <>
      <h1>{texts.heading}</h1>
      <p class="lead">{texts.show}</p>
      <div class="code-panel">
        {token && <Qr text={token.text} label={texts.qr} />}
        {token && (
          <>
            <progress max={30} value={token.secondsLeft} aria-hidden="true" />
            <p class="seconds">{texts.seconds(token.secondsLeft)}</p>
          </>
        )}
      </div>
      <p>{texts.validUntil(dayOf(card.validUntil))}</p>
      <PrintedCode card={card} keep={keep} />
      <RemovePhone card={card} keyId={keyId} removed={removed} />
    </>
  );
}

/** `2027-11-21` → `21.11.2027` */
function dayOf(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day}.${month}.${year}`;
}
