import type { Redemption } from '../../shared/operations/redemptions.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import type { Programme } from '../programme/use-programme.ts';
import { useTexts } from '../texts/index.ts';
import type { Desk } from './desk.ts';
import { Notice } from './notice.tsx';
import { RecordedLines } from './recorded-lines.tsx';

interface Props {
  readonly desk: Desk;
  readonly redemption: Redemption;
  readonly programme: Programme;
}

/** What was recorded, how many places are left now, and the way back. */
export function RedeemedPanel({ desk, redemption, programme }: Props) {
  const texts = useTexts();
  const { id, capCounter } = redemption.performance;
  const { remaining } = programme.numbersOf(id) ?? capCounter;
  const undoing = desk.phase.name === 'undoing';
  return (
    <>
      <Notice
        kind="success"
        heading={`${texts.recorded.heading}: ${texts.recorded.tickets(redemption.tickets)}`}
      >
        <RecordedLines lines={redemption.lines} />
        {remaining !== null && <p class="next-step">{texts.recorded.places(remaining)}</p>}
      </Notice>
      <div class="buttons">
        <button type="button" class="secondary" aria-disabled={undoing} onClick={() => void desk.undo()}>
          <Icon name="undo" />
          {undoing ? texts.recorded.undoing : texts.recorded.undo}
        </button>
      </div>
    </>
  );
}
