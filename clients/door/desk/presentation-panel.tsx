import { useEffect, useRef, useState } from 'preact/hooks';
import type { Presentation, TicketLine, TicketLineType } from '../../shared/operations/redemptions.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { useTexts } from '../texts/index.ts';
import type { Desk } from './desk.ts';
import { Stepper } from './stepper.tsx';
import { presentationOf } from './phase.ts';

/** A scanner's second Enter comes within milliseconds of the first; a person's does not. Only keys are meant: a finger is deliberate. */
const deliberateMs = 150;

interface Props {
  readonly desk: Desk;
  readonly performanceId: string | null;
}

/** A valid card: choose the tickets and record them. */
export function PresentationPanel({ desk, performanceId }: Props) {
  const presentation = presentationOf(desk.phase);
  return (
    presentation && (
      <Panel key={presentation.token} desk={desk} presentation={presentation} performanceId={performanceId} />
    )
  );
}

function Panel({ desk, presentation, performanceId }: Props & { readonly presentation: Presentation }) {
  const texts = useTexts().card;
  const [counts, setCounts] = useState(() => presetCounts(presentation.allowedLines));
  const redeemButton = useRef<HTMLButtonElement>(null);
  const nextButton = useRef<HTMLButtonElement>(null);
  const shownAt = useRef(performance.now());
  const { phase } = desk;
  const refused = phase.name === 'not-redeemed';
  const unsent = phase.name === 'redeeming' && phase.failed > 0;
  const lines = presentation.allowedLines
    .map((type): TicketLine => ({ type, count: counts[type] ?? 0 }))
    .filter(({ count }) => count > 0);
  const tickets = lines.reduce((sum, { count }) => sum + count, 0);
  const obstacle = performanceId === null ? texts.noPerformance : tickets === 0 ? texts.chooseOne : null;

  useEffect(() => {
    if (refused) nextButton.current?.focus();
    else if (phase.name === 'valid') redeemButton.current?.focus();
  }, [phase.name]);

  const redeem = (event: MouseEvent) => {
    const byKey = event.detail === 0;
    if (byKey && performance.now() - shownAt.current < deliberateMs) return;
    if (obstacle || performanceId === null) return;
    void desk.redeem(performanceId, lines);
  };

  return (
    <div class="panel">
      {!refused && !unsent && (
        <div class="notice success" id="card-state">
          <span class="badge">
            <Icon name="check" />
          </span>
          <div class="notice-words">
            <h3>{texts.valid}</h3>
            <p class="children">{texts.children(presentation.childrenAllowed)}</p>
          </div>
        </div>
      )}
      <fieldset class="lines" disabled={phase.name === 'redeeming'}>
        <legend>{texts.choose}</legend>
        {presentation.allowedLines.map((type) => (
          <Stepper
            key={type}
            label={texts.lines[type]}
            value={counts[type] ?? 0}
            max={type === 'CHILD' ? presentation.childrenAllowed : 1}
            change={(count) => setCounts((former) => ({ ...former, [type]: count }))}
          />
        ))}
      </fieldset>
      <div class="buttons">
        <button
          type="button"
          ref={redeemButton}
          class="primary big"
          aria-describedby="card-state"
          aria-disabled={obstacle !== null || phase.name === 'redeeming'}
          onKeyDown={(event) => event.repeat && event.preventDefault()}
          onClick={redeem}
        >
          {phase.name === 'redeeming' ? texts.redeeming : (obstacle ?? texts.redeem(tickets))}
        </button>
        {phase.name !== 'redeeming' && (
          <button type="button" ref={nextButton} class="secondary big" onClick={() => desk.nextCard()}>
            {texts.nextCard}
          </button>
        )}
      </div>
    </div>
  );
}

/** The card's own ticket is what nearly everybody wants. */
function presetCounts(allowed: readonly TicketLineType[]): Partial<Record<TicketLineType, number>> {
  const own = allowed.includes('HOLDER') ? 'HOLDER' : 'COMMUNITY_WORKER';
  return allowed.includes(own) ? { [own]: 1 } : {};
}
