import { useId } from 'preact/hooks';
import { Icon } from '../../shared/ui/icon.tsx';
import { useTexts } from '../texts/index.ts';

interface Props {
  readonly label: string;
  readonly value: number;
  /** Most tickets of this line. */
  readonly max: number;
  readonly change: (value: number) => void;
}

/** A number with two large buttons. A button at its end stays in the tab order, so that focus is not lost. */
export function Stepper({ label, value, max, change }: Props) {
  const texts = useTexts().card;
  const id = useId();
  return (
    <div class="stepper" role="group" aria-labelledby={id}>
      <span id={id} class="stepper-label">
        {label}
      </span>
      <button
        type="button"
        class="step"
        aria-label={texts.fewer(label)}
        aria-disabled={value === 0}
        onClick={() => value > 0 && change(value - 1)}
      >
        <Icon name="minus" />
      </button>
      <output class="step-value" aria-live="polite">
        {value}
      </output>
      <button
        type="button"
        class="step"
        aria-label={texts.more(label)}
        aria-disabled={value >= max}
        onClick={() => value < max && change(value + 1)}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}
