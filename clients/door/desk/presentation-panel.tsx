import { useEffect, useRef, useState } from 'preact/hooks';
import type { TicketLine, TicketLineType } from '../../shared/operations/redemptions.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { useTexts } from '../texts/index.ts';
import type { Desk } from './desk.ts';
import { SetAside } from './set-aside.tsx';
import { Stepper } from './stepper.tsx';
import { offerOf, type Offer } from './phase.ts';

/** A scanner's second Enter comes within milliseconds of the first; a person's does not. Only keys are meant: a finger is deliberate. */
const deliberateMs = 150;

interface Props {
  readonly desk: Desk;
  readonly performanceId: string | null;
}

/** A valid card: choose the tickets and record them. */
export function PresentationPanel({ desk, performanceId }: Props) {
  const offer = offerOf(desk.phase);
  return offer && <Panel key={offer.key} desk={desk} offer={offer} performanceId={performanceId} />;
}

function Panel({ desk, offer, performanceId }: Props & { readonly offer: Offer }) {
  const texts = useTexts().card;
  const [counts, setCounts] = useState(() => presetCounts(offer.allowedLines));
  const redeemButton = useRef<HTMLButtonElement>(null);
  const nextButton = useRef<HTMLButtonElement>(null);
  const shownAt = useRef(performance.now());
  const { phase } = desk;
  const alone = phase.name === 'seen-offline';
  const refused = phase.name === 'not-redeemed' || (alone && phase.refusal !== null);
  const unsent = phase.name === 'redeeming' && phase.failed > 0;
  const lines = offer.allowedLines
    .map((type): TicketLine => ({ type, count: counts[type] ?? 0 }))
    .filter(({ count }) => count > 0);
  const tickets = lines.reduce((sum, { count }) => sum + count, 0);
  const obstacle = performanceId === null ? texts.noPerformance : tickets === 0 ? texts.chooseOne : null;

  useEffect(() => {
    if (refused) nextButton.current?.focus();
    else if (phase.name === 'valid' || alone) redeemButton.current?.focus();
  }, [phase.name, refused]);

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
            <h3>{alone ? texts.seen : texts.valid}</h3>
            <p class="children">{texts.children(offer.childrenAllowed)}</p>
          </div>
        </div>
      )}
      <fieldset class="lines" disabled={phase.name === 'redeeming'}>
        <legend>{texts.choose}</legend>
        {offer.allowedLines.map((type) => (
          <Stepper
            key={type}
            label={texts.lines[type]}
            value={counts[type] ?? 0}
            max={type === 'CHILD' ? offer.childrenAllowed : 1}
            change={(count) => setCounts((former) => ({ ...former, [type]: count }))}
          />
        ))}
      </fieldset>
      {phase.name === 'not-redeemed' && performanceId !== null && (
        <SetAside
          refusal={phase.refusal}
          record={(overrides) => void desk.redeem(performanceId, lines, overrides)}
        />
      )}
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
        {alone && phase.refusal === 'SLICE_USED_UP' && performanceId !== null && (
          <button type="button" class="secondary big" onClick={() => desk.letIn(performanceId, lines, true)}>
            {texts.insideAlready}
          </button>
        )}
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
