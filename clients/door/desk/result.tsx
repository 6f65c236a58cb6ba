import { Icon } from '../../shared/ui/icon.tsx';
import type { Programme } from '../programme/use-programme.ts';
import { useTexts } from '../texts/index.ts';
import type { Desk } from './desk.ts';
import { Notice } from './notice.tsx';
import { OfflineRefusalWords } from './offline-refusal.tsx';
import { offerOf } from './phase.ts';
import { PresentationPanel } from './presentation-panel.tsx';
import { RecordedLines } from './recorded-lines.tsx';
import { RedeemedPanel } from './redeemed-panel.tsx';
import { RefusalWords } from './refusal-words.tsx';
import { Unsent } from './unsent.tsx';

interface Props {
  readonly desk: Desk;
  readonly programme: Programme;
  readonly performanceId: string | null;
}

/** What came of the card: one state, one colour, one icon, one heading. */
export function Result({ desk, programme, performanceId }: Props) {
  const texts = useTexts();
  return (
    <section class="result" aria-labelledby="result-heading">
      <h2 id="result-heading" class="only-spoken">
        {texts.result.heading}
      </h2>
      <Unsent desk={desk} />
      <Outcome desk={desk} programme={programme} />
      {offerOf(desk.phase) && <PresentationPanel desk={desk} performanceId={performanceId} />}
    </section>
  );
}

function Outcome({ desk, programme }: { readonly desk: Desk; readonly programme: Programme }) {
  const texts = useTexts();
  const { phase } = desk;
  switch (phase.name) {
    case 'ready':
      return (
        <div class="waiting">
          <Icon name="card" />
          <p>{texts.result.waiting}</p>
        </div>
      );
    case 'checking':
      return phase.failed === 0 ? (
        <div class="waiting">
          <p role="status">{texts.code.checking}</p>
        </div>
      ) : (
        <Notice kind="warning" heading={texts.code.checking} urgent>
          <p>{texts.code.trouble}</p>
          <button type="button" class="secondary" onClick={() => desk.abandon()}>
            {texts.code.stop}
          </button>
        </Notice>
      );
    case 'card-refused':
      return (
        <Notice kind="refusal" heading={texts.refusal.card} urgent>
          <RefusalWords refusal={phase.refusal} />
        </Notice>
      );
    case 'redeemed':
    case 'undoing':
      return <RedeemedPanel desk={desk} redemption={phase.redemption} programme={programme} />;
    case 'undone':
      return (
        <Notice kind="neutral" heading={texts.recorded.undone}>
          <p>{texts.recorded.undoneWords}</p>
        </Notice>
      );
    case 'not-undone':
      return (
        <Notice kind="refusal" heading={texts.recorded.notUndone} urgent>
          <RefusalWords refusal={phase.refusal} />
        </Notice>
      );
    case 'abandoned':
      return (
        <Notice kind="warning" heading={texts.unsent.abandoned} urgent>
          <p>{texts.unsent.abandonedWords(phase.tickets)}</p>
        </Notice>
      );
    case 'failed':
      return (
        <Notice kind="refusal" heading={texts.refusal.failed} urgent>
          <p>{texts.refusal.failedWords(phase.code)}</p>
        </Notice>
      );
    case 'not-redeemed':
      return (
        <Notice kind="refusal" heading={texts.refusal.redemption} urgent>
          <RefusalWords refusal={phase.refusal} />
        </Notice>
      );
    case 'refused-offline':
      return (
        <Notice kind="refusal" heading={texts.refusal.card} urgent>
          <OfflineRefusalWords refusal={phase.refusal} />
        </Notice>
      );
    case 'recorded-offline':
      return (
        <>
          <Notice kind="success" heading={texts.offline.recorded}>
            <RecordedLines lines={phase.lines} />
            <p class="next-step">{texts.offline.left(phase.left)}</p>
            <p>{texts.offline.recordedWords}</p>
          </Notice>
          <div class="buttons">
            <button
              type="button"
              class="secondary"
              aria-disabled={phase.isLate}
              onClick={() => desk.undoAlone()}
            >
              <Icon name="undo" />
              {texts.recorded.undo}
            </button>
          </div>
          <p role="status">{phase.isLate ? texts.offline.tooLate : null}</p>
        </>
      );
    case 'seen-offline':
      return phase.refusal === null ? (
        <>{phase.skippedPrevious && <p class="skipped">{texts.result.skipped}</p>}</>
      ) : (
        <Notice kind="refusal" heading={texts.refusal.redemption} urgent>
          <OfflineRefusalWords refusal={phase.refusal} />
        </Notice>
      );
    case 'valid':
      return phase.skippedPrevious ? <p class="skipped">{texts.result.skipped}</p> : null;
    case 'redeeming':
    default:
      return null;
  }
}
