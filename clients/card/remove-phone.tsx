import { useState } from 'preact/hooks';
import { ask } from '../shared/graphql/ask.ts';
import { removeOwnPhone } from '../shared/operations/phones.ts';
import { signer } from './keys.ts';
import { forgetCard, type StoredCard } from './storage.ts';
import { useTexts } from './texts/index.ts';
import { makeToken } from './token.ts';

interface Props {
  readonly card: StoredCard;
  readonly keyId: string;
  readonly removed: () => void;
}

/** Takes the card off this phone: at the server first, so that the key is dead everywhere, and then here. */
export function RemovePhone({ card, keyId, removed }: Props) {
  const texts = useTexts().remove;
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState(false);
  const remove = async () => {
    const token = await makeToken(keyId, Date.now() + card.ahead, signer(card.keys), 'remove');
    const answer = await ask(removeOwnPhone, { token });
    // A phone that the server does not know any more is as good as removed.
    if (answer.kind !== 'data') return setProblem(true);
    await forgetCard();
    removed();
  };
  if (!asking) {
    return (
      <button type="button" class="quiet wide" onClick={() => setAsking(true)}>
        {texts.button}
      </button>
    );
  }
  return (
    <section class="remove" aria-labelledby="remove-heading">
      <h2 id="remove-heading">{texts.heading}</h2>
      <p>{texts.words}</p>
      <p class="problem" role="alert">
        {problem ? texts.unreachable : ''}
      </p>
      <button type="button" class="primary wide" onClick={() => void remove()}>
        {texts.yes}
      </button>
      <button type="button" class="secondary wide" onClick={() => setAsking(false)}>
        {texts.no}
      </button>
    </section>
  );
}
