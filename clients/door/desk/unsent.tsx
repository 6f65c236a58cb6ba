import { useEffect, useRef, useState } from 'preact/hooks';
import { useTexts } from '../texts/index.ts';
import type { Desk } from './desk.ts';
import { Notice } from './notice.tsx';

/** Something the server may not know yet: never hidden, never given up by the machine. */
export function Unsent({ desk }: { readonly desk: Desk }) {
  const texts = useTexts().unsent;
  const [asking, setAsking] = useState(false);
  const { phase } = desk;
  const unsent = (phase.name === 'redeeming' || phase.name === 'undoing') && phase.failed > 0;
  useEffect(() => {
    if (!unsent) setAsking(false);
  }, [unsent]);
  if (!unsent) return null;
  return (
    <>
      <Notice kind="warning" heading={phase.name === 'undoing' ? texts.headingUndo : texts.heading} urgent>
        <p>{texts.words(phase.failed + 1)}</p>
      </Notice>
      <div class="buttons">
        <button type="button" class="primary" onClick={() => desk.hurry()}>
          {texts.now}
        </button>
        <button type="button" class="secondary" onClick={() => setAsking(true)}>
          {texts.giveUp}
        </button>
      </div>
      {asking && <GiveUpDialog keep={() => setAsking(false)} giveUp={() => desk.abandon()} />}
    </>
  );
}

function GiveUpDialog({ keep, giveUp }: { readonly keep: () => void; readonly giveUp: () => void }) {
  const texts = useTexts().unsent;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby="give-up-heading" aria-describedby="give-up-words" onClose={keep}>
      <h2 id="give-up-heading">{texts.dialogHeading}</h2>
      <p id="give-up-words">{texts.dialogWords}</p>
      <div class="buttons">
        <button type="button" class="primary" onClick={() => dialog.current?.close()}>
          {texts.keepTrying}
        </button>
        <button type="button" class="secondary" onClick={giveUp}>
          {texts.giveUpForGood}
        </button>
      </div>
    </dialog>
  );
}
