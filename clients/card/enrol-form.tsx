import { useRef, useState } from 'preact/hooks';
import { ask } from '../shared/graphql/ask.ts';
import { pick } from '../shared/i18n/text.ts';
import { enrolPhone } from '../shared/operations/phones.ts';
import { useLanguage } from '../shared/ui/language-provider.tsx';
import { base64, makeKeys, publicText, signer } from './keys.ts';
import { saveCard, type StoredCard } from './storage.ts';
import { useTexts } from './texts/index.ts';
import { enrolmentBytes } from './token.ts';

interface Props {
  /** Keys that were made for an answer that was not heard: with them the same code works again. */
  readonly waiting: StoredCard | null;
  readonly added: (card: StoredCard) => void;
}

/** Adds the card to this phone with a one-time code. The key pair is made here, and its private half stays. */
export function EnrolForm({ waiting, added }: Props) {
  const texts = useTexts().enrol;
  const { language } = useLanguage();
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');

  const add = async (code: string): Promise<string | StoredCard> => {
    let card: StoredCard;
    try {
      const keys = waiting?.keys ?? (await makeKeys());
      card = { keys, keyId: null, validUntil: '', ahead: 0, printedCode: null };
      await saveCard(card);
    } catch {
      return texts.unable;
    }
    const proof = base64(await signer(card.keys)(enrolmentBytes(code)));
    const publicKey = await publicText(card.keys);
    const { algorithm } = card.keys;
    const answer = await ask(enrolPhone, { input: { code, publicKey, algorithm, proof } });
    if (answer.kind === 'unreachable') return texts.unreachable;
    if (answer.kind === 'error') return texts.failed;
    const said = answer.data.enrolPhone;
    if (said.__typename === 'PhoneRefusal') return pick(said.message, language).value;
    const { keyId, validUntil, serverTime } = said;
    const enrolled = { ...card, keyId, validUntil, ahead: Date.parse(serverTime) - Date.now() };
    await saveCard(enrolled);
    return enrolled;
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const code = plainCode(field.current?.value ?? '');
    if (code === '') {
      setProblem(texts.empty);
      field.current?.focus();
      return;
    }
    setBusy(true);
    setProblem('');
    const outcome = await add(code);
    setBusy(false);
    if (typeof outcome !== 'string') return added(outcome);
    setProblem(outcome);
    field.current?.focus();
  };

  return (
    <>
      <h1>{texts.heading}</h1>
      <p class="lead">{texts.intro}</p>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <label for="code">{texts.label}</label>
        <p id="hint" class="count">
          {texts.hint}
        </p>
        <input
          id="code"
          ref={field}
          autocomplete="one-time-code"
          autocapitalize="characters"
          spellcheck={false}
          maxLength={40}
          aria-describedby="hint problem"
          aria-invalid={problem !== ''}
        />
        <p id="problem" class="problem" role="alert">
          {problem}
        </p>
        <button type="submit" class="primary wide" aria-disabled={busy}>
          {busy ? texts.adding : texts.add}
        </button>
      </form>
    </>
  );
}

/** As the server reads it: capitals, no separators, 0 for O, 1 for I and L. */
function plainCode(typed: string): string {
  return typed
    .replace(/[\s\-\u2010-\u2015\u2212]/gu, '')
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}
