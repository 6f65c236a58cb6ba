import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../shared/graphql/ask.ts';
import { confirmAccount } from '../shared/operations/accounts.ts';
import { useTexts } from './texts/index.ts';

interface Props {
  readonly code: string;
  /** To the card of this phone, or to the form that adds one. */
  readonly goOn: () => void;
}

type State = 'asked' | 'sending' | 'confirmed' | 'refused' | 'unreachable';

/**
 * Confirms the address of a letter. It takes a press: programs that look at links before people do would use the code up,
 * which works once.
 */
export function ConfirmForm({ code, goOn }: Props) {
  const texts = useTexts().confirm;
  const [state, setState] = useState<State>('asked');
  const heading = useRef<HTMLHeadingElement>(null);
  const ended = state === 'confirmed' || state === 'refused';

  useEffect(() => {
    // What was pressed is gone: the answer is where a reader goes on.
    if (ended) heading.current?.focus();
  }, [ended]);

  const confirm = async () => {
    setState('sending');
    const answer = await ask(confirmAccount, { code });
    if (answer.kind === 'unreachable') return setState('unreachable');
    const isConfirmed =
      answer.kind === 'data' && answer.data.confirmAccount.__typename === 'AccountConfirmed';
    setState(isConfirmed ? 'confirmed' : 'refused');
  };

  const title = state === 'confirmed' ? texts.done : state === 'refused' ? texts.refused : texts.heading;
  const words =
    state === 'confirmed' ? texts.doneWords : state === 'refused' ? texts.refusedWords : texts.words;
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p>{words}</p>
      <p class="problem" role="alert">
        {state === 'unreachable' ? texts.unreachable : ''}
      </p>
      {ended ? (
        <button type="button" class="secondary wide" onClick={goOn}>
          {texts.goOn}
        </button>
      ) : (
        <button
          type="button"
          class="primary wide"
          disabled={state === 'sending'}
          onClick={() => void confirm()}
        >
          {state === 'sending' ? texts.confirming : texts.confirm}
        </button>
      )}
    </>
  );
}
