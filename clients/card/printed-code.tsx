import { useRef } from 'preact/hooks';
import type { StoredCard } from './storage.ts';
import { useTexts } from './texts/index.ts';

/** The printed code, for a door whose reader fails: only when the holder typed it here. The server never sends it. */
export function PrintedCode({
  card,
  keep,
}: {
  readonly card: StoredCard;
  readonly keep: (card: StoredCard) => void;
}) {
  const texts = useTexts().card;
  const field = useRef<HTMLInputElement>(null);
  const save = (event: Event) => {
    event.preventDefault();
    const typed = (field.current?.value ?? '').trim().toUpperCase();
    if (typed !== '') keep({ ...card, printedCode: typed });
  };
  return (
    <details class="printed">
      <summary>{texts.printed}</summary>
      {card.printedCode === null ? (
        <form onSubmit={save}>
          <p>{texts.printedIntro}</p>
          <label for="printed">{texts.printedLabel}</label>
          <input id="printed" ref={field} autocomplete="off" autocapitalize="characters" maxLength={40} />
          <button type="submit" class="secondary wide">
            {texts.keep}
          </button>
        </form>
      ) : (
        <>
          <p class="printed-code">{card.printedCode}</p>
          <button type="button" class="secondary wide" onClick={() => keep({ ...card, printedCode: null })}>
            {texts.forget}
          </button>
        </>
      )}
    </details>
  );
}
