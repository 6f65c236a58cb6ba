import { useEffect, useState } from 'preact/hooks';
import { LanguageSwitch } from '../shared/ui/language-switch.tsx';
import { CardView } from './card-view.tsx';
import { ConfirmForm } from './confirm-form.tsx';
import { takeConfirmCode } from './confirm.ts';
import { EnrolForm } from './enrol-form.tsx';
import { serverAhead } from './server-time.ts';
import { loadCard, saveCard, type StoredCard } from './storage.ts';
import { useTexts } from './texts/index.ts';

/** The card of this phone, or the form that adds one; first the address of a letter whose link led here. `undefined`: the phone's storage was not read yet. */
export function App() {
  const texts = useTexts();
  const [card, setCard] = useState<StoredCard | null | undefined>(undefined);
  const [confirming, setConfirming] = useState(takeConfirmCode);

  useEffect(() => {
    const open = async () => {
      const stored = await loadCard().catch(() => null);
      setCard(stored);
      const ahead = stored && (await serverAhead());
      if (!stored || ahead === null) return;
      const corrected = { ...stored, ahead };
      setCard((current) => (current?.keyId === stored.keyId ? { ...current, ahead } : current));
      await saveCard(corrected).catch(() => undefined);
    };
    void open();
  }, []);
  useEffect(() => {
    document.title = texts.pageTitle;
  }, [texts]);

  const keep = (changed: StoredCard) => {
    setCard(changed);
    void saveCard(changed);
  };
  return (
    <>
      <header class="bar">
        <p class="bar-title">{texts.pageTitle}</p>
        <LanguageSwitch label={texts.languageSwitch} />
      </header>
      <main class="narrow">
        {confirming !== null ? (
          <ConfirmForm code={confirming} goOn={() => setConfirming(null)} />
        ) : card === undefined ? (
          <p role="status">{texts.loading}</p>
        ) : card?.keyId ? (
          <CardView card={card} keyId={card.keyId} keep={keep} removed={() => setCard(null)} />
        ) : (
          <EnrolForm waiting={card} added={setCard} />
        )}
      </main>
    </>
  );
}
