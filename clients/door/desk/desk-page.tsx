import { useEffect, useRef, useState } from 'preact/hooks';
import type { VenueSummary } from '../../shared/operations/venues.ts';
import { Localised } from '../../shared/ui/localised.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { plainCode } from '../card-code.ts';
import { OfflinePanel } from '../offline/offline-panel.tsx';
import { useOfflineDoor } from '../offline/use-offline-door.ts';
import { PageHeader } from '../page-header.tsx';
import { groupProgramme, likelyPerformance } from '../programme/choose.ts';
import { ProgrammeStrip } from '../programme/programme-strip.tsx';
import { useProgramme } from '../programme/use-programme.ts';
import { useTexts } from '../texts/index.ts';
import { Announcer } from './announcer.tsx';
import { CodeForm } from './code-form.tsx';
import { isDone, isUnsent, type Phase } from './phase.ts';
import { Result } from './result.tsx';
import { useDesk } from './use-desk.ts';
import { useTypedAnywhere } from './use-typed-anywhere.ts';

/** Where the next thing to do is to read a card. */
const forNextCard: ReadonlySet<Phase['name']> = new Set([
  'ready',
  'redeemed',
  'undone',
  'recorded-offline',
  'refused-offline',
  'card-refused',
  'failed',
  'abandoned',
]);

interface Props {
  readonly venue: VenueSummary;
  readonly changeVenue: () => void;
}

/** One venue's door: the performance, the code, and what came of it. */
export function DeskPage({ venue, changeVenue }: Props) {
  const texts = useTexts();
  const programme = useProgramme(venue.id);
  const offline = useOfflineDoor(venue.id, programme.live);
  const desk = useDesk(venue.id, offline);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const codeField = useRef<HTMLInputElement>(null);
  const { phase } = desk;

  const groups = groupProgramme(programme.performances ?? [], new Date());
  const byId = (wanted: string | undefined | null) => programme.performances?.find(({ id }) => id === wanted);
  const chosen =
    byId(chosenId) ?? byId(offline.newestOpen()?.slice.performanceId) ?? likelyPerformance(groups);
  // Once cards are being read, the performance changes only by a person's choice, not because time goes by.
  useEffect(() => {
    if (phase.name !== 'ready' && chosenId === null && chosen) setChosenId(chosen.id);
  }, [phase.name, chosen?.id]);

  useEffect(() => {
    if ((phase.name === 'redeemed' || phase.name === 'undone') && phase.redemption) {
      programme.learn(phase.redemption.performance.id, phase.redemption.performance.capCounter);
    }
    const field = codeField.current;
    if (field && forNextCard.has(phase.name)) {
      // What was typed for the next card while the server answered is not lost.
      const typedAhead = !['', desk.code].includes(plainCode(field.value));
      if (phase.name === 'ready' || (isDone(phase) && !typedAhead)) field.value = '';
      field.focus();
      if (!typedAhead) field.select();
    }
    if (!isUnsent(phase)) desk.checkWaiting(chosen?.id ?? null);
  }, [phase.name]);
  useTypedAnywhere(codeField);

  return (
    <>
      <PageHeader>
        <h1>
          <Localised text={venue.name} />
        </h1>
        <button type="button" class="quiet" onClick={changeVenue} disabled={isUnsent(phase)}>
          {texts.venue.change}
        </button>
      </PageHeader>
      <main class="desk">
        <div role="status" class="network">
          {!programme.live && (
            <p class="note warning">
              <Icon name="warning" />
              <span>
                <strong>{texts.network.lost}</strong>{' '}
                {offline.bookFor(chosen?.id ?? null) ? texts.offline.goOn : texts.network.lostMore}
              </span>
            </p>
          )}
        </div>
        <ProgrammeStrip programme={programme} groups={groups} chosen={chosen} choose={setChosenId} />
        <OfflinePanel offline={offline} performance={chosen} live={programme.live} />
        <div class="columns">
          <CodeForm desk={desk} performanceId={chosen?.id ?? null} field={codeField} />
          <Result desk={desk} programme={programme} performanceId={chosen?.id ?? null} />
        </div>
        <Announcer phase={phase} />
      </main>
    </>
  );
}
