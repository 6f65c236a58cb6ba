import { useEffect, useState } from 'preact/hooks';
import type { Text } from '../shared/i18n/text.ts';
import { Localised } from '../shared/ui/localised.tsx';
import { useTexts } from './texts/index.ts';

interface DemoCard {
  readonly code: string;
  readonly purpose: Text;
}

/** Made-up cards by purpose; nothing where the server shows none, as in production. */
export function DemoCards() {
  const texts = useTexts();
  const [cards, setCards] = useState<readonly DemoCard[]>([]);
  useEffect(() => {
    fetch('/demo-cards.json')
      .then(async (response) => {
        if (response.ok) setCards((await response.json()) as DemoCard[]);
      })
      .catch(() => undefined);
  }, []);
  if (cards.length === 0) return null;
  return (
    <section class="card" aria-labelledby="cards-heading">
      <h2 id="cards-heading">{texts.cards}</h2>
      <p>{texts.cardsWords}</p>
      <dl class="demo-cards">
        {cards.map(({ code, purpose }) => (
          <div key={code}>
            <dt>
              <Localised text={purpose} />
            </dt>
            <dd>
              <code>{code}</code>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
