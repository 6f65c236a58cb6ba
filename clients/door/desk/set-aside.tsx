import { useState } from 'preact/hooks';
import type { Override, OverrideReason, RedemptionRefusal } from '../../shared/operations/redemptions.ts';
import { useTexts } from '../texts/index.ts';

interface Props {
  readonly refusal: RedemptionRefusal;
  readonly record: (overrides: readonly Override[]) => void;
}

/** Where only limits said no that a venue may set aside: it does so with a reason, which is recorded and counted. */
export function SetAside({ refusal, record }: Props) {
  const texts = useTexts().setAside;
  const [reason, setReason] = useState<OverrideReason | null>(null);
  const said = refusal.trace.filter(({ passes }) => passes === false);
  if (said.length === 0 || !said.every(({ soft }) => soft)) return null;
  const reasons = Object.entries(texts.reasons) as [OverrideReason, string][];
  return (
    <fieldset class="set-aside">
      <legend>{texts.heading}</legend>
      <p>{texts.words}</p>
      {reasons.map(([value, words]) => (
        <label key={value}>
          <input
            type="radio"
            name="set-aside"
            value={value}
            checked={value === reason}
            onChange={() => setReason(value)}
          />
          {words}
        </label>
      ))}
      <button
        type="button"
        class="secondary big"
        aria-disabled={reason === null}
        onClick={() => reason && record(said.map(({ limit }) => ({ limit, reason })))}
      >
        {texts.record}
      </button>
    </fieldset>
  );
}
