import { pick } from '../../shared/i18n/text.ts';
import type { PerformanceSummary } from '../../shared/operations/performances.ts';
import { clockTime, isAllDay, localDay, shortDate, spanOf } from '../../shared/time.ts';
import { useLanguage } from '../../shared/ui/language-provider.tsx';
import { useTexts } from '../texts/index.ts';
import type { ProgrammeGroups } from './choose.ts';
import type { Programme } from './use-programme.ts';

interface Props {
  readonly programme: Programme;
  readonly groups: ProgrammeGroups;
  readonly chosen: PerformanceSummary | undefined;
  readonly choose: (id: string) => void;
}

/** Which performance the tickets go to, and how many places it has. */
export function ProgrammeStrip({ programme, groups, chosen, choose }: Props) {
  const texts = useTexts().programme;
  const groupList = [
    [texts.today, groups.today],
    [texts.later, groups.later],
    [texts.earlier, groups.earlier],
  ] as const;
  return (
    <section class="programme" aria-labelledby="programme-heading">
      <h2 id="programme-heading" class="only-spoken">
        {texts.heading}
      </h2>
      {chosen ? (
        <div class="programme-choice">
          <label for="performance">{texts.label}</label>
          <select id="performance" value={chosen.id} onChange={(event) => choose(event.currentTarget.value)}>
            {groupList.map(([label, list]) =>
              list.length === 0 ? null : (
                <optgroup key={label} label={label}>
                  {list.map((one) => (
                    <PerformanceOption key={one.id} performance={one} selected={one.id === chosen.id} />
                  ))}
                </optgroup>
              ),
            )}
          </select>
        </div>
      ) : (
        <p class="programme-choice">{programme.performances ? texts.none : texts.loading}</p>
      )}
      {chosen && <Places programme={programme} performance={chosen} />}
    </section>
  );
}

function PerformanceOption({
  performance,
  selected,
}: {
  readonly performance: PerformanceSummary;
  readonly selected: boolean;
}) {
  const { language } = useLanguage();
  const texts = useTexts().programme;
  const { start, end } = spanOf(performance);
  const now = new Date();
  const day = localDay(start) === localDay(now) ? '' : `${shortDate(start, language)} `;
  const allDay = isAllDay(start, end);
  const going = !allDay && start <= now && (end === null || end > now);
  const time = allDay ? texts.allDay : clockTime(start, language);
  const note = performance.status === 'CANCELLED' ? ` (${texts.cancelled})` : going ? ` (${texts.now})` : '';
  return (
    <option value={performance.id} selected={selected}>
      {`${day}${time} ${pick(performance.offering.title, language).value}${note}`}
    </option>
  );
}

function Places({
  programme,
  performance,
}: {
  readonly programme: Programme;
  readonly performance: PerformanceSummary;
}) {
  const { language } = useLanguage();
  const texts = useTexts().programme;
  const remaining = (programme.numbersOf(performance.id) ?? performance.capCounter).remaining;
  const agedSince = programme.live ? null : programme.heardAt;
  return (
    <p class={programme.live ? 'places' : 'places aged'}>
      {performance.status === 'CANCELLED' ? (
        <strong class="places-word">{texts.cancelled}</strong>
      ) : remaining === null ? (
        <strong class="places-word">{texts.noLimit}</strong>
      ) : (
        <>
          <strong class="places-number">{remaining}</strong> <span>{texts.freePlaces(remaining)}</span>
        </>
      )}
      {agedSince && <span class="places-age">{texts.agedAt(clockTime(agedSince, language))}</span>}
    </p>
  );
}
