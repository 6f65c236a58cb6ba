import { Icon } from '../../shared/ui/icon.tsx';
import { useTexts } from '../texts/index.ts';
import type { Desk } from './desk.ts';

/** The newest record stays within reach after the next card has been read. */
export function LastRedemption({ desk }: { readonly desk: Desk }) {
  const texts = useTexts().recorded;
  const { last, phase } = desk;
  if (!last || ['redeemed', 'undoing', 'redeeming', 'not-undone'].includes(phase.name)) return null;
  return (
    <p class="last">
      <span>
        {texts.previous}: <strong>{texts.tickets(last.tickets)}</strong>
      </span>
      <button type="button" class="secondary" onClick={() => void desk.undo()}>
        <Icon name="undo" />
        {texts.undo}
      </button>
    </p>
  );
}
