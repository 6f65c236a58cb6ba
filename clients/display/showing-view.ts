import type { Language } from '../shared/i18n/language.ts';
import { pick } from '../shared/i18n/text.ts';
import { clockTime, isAllDay, localDay, shortDate, spanOf } from '../shared/time.ts';
import { el } from './dom.ts';
import type { Showing } from './programme.ts';
import { hasStarted } from './programme.ts';
import type { DisplayTexts } from './texts/texts.ts';

export interface ShowingContext {
  readonly texts: DisplayTexts;
  readonly language: Language;
  readonly now: Date;
  /** When aged numbers were last right; null while they are fresh. */
  readonly agedSince: Date | null;
}

const dayMs = 86_400_000;

/** The one big performance: the current one, else the next. */
export function hero(showing: Showing, context: ShowingContext): HTMLElement {
  const label = hasStarted(showing, context.now) ? context.texts.now : context.texts.next;
  return el(
    'section',
    { class: 'lead hero' },
    el('p', { class: 'when' }, el('strong', {}, label), ` · ${when(showing, context)}`),
    title('h2', showing, context),
    places(showing, context),
  );
}

/** One of those that follow. */
export function row(showing: Showing, context: ShowingContext): HTMLElement {
  return el(
    'li',
    {},
    el(
      'div',
      { class: 'what' },
      el('p', { class: 'when' }, when(showing, context)),
      title('h3', showing, context),
    ),
    places(showing, context),
  );
}

/** What a listener hears when the big number changes. */
export function spoken(showing: Showing, { texts, language }: ShowingContext): string {
  const { remaining } = showing.numbers;
  const words =
    showing.performance.status === 'CANCELLED'
      ? texts.cancelled
      : remaining === null
        ? `${texts.noLimit}, ${texts.noLimitMore}`
        : `${remaining} ${texts.freePlaces(remaining)}`;
  return `${pick(showing.performance.offering.title, language).value}: ${words}`;
}

const longTitle = 55;

function title(tag: string, { performance }: Showing, { language }: ShowingContext): HTMLElement {
  const text = pick(performance.offering.title, language);
  const heading = el(tag, text.value.length > longTitle ? { class: 'long' } : {}, text.value);
  if (text.language !== language) heading.lang = text.language;
  return heading;
}

function when(showing: Showing, { texts, language, now }: ShowingContext): string {
  const { start, end } = spanOf(showing.performance);
  const allDay = isAllDay(start, end);
  const time = allDay ? texts.allDay : texts.at(clockTime(start, language));
  if (start <= now || localDay(start) === localDay(now)) {
    if (allDay) return time;
    return `${hasStarted(showing, now) ? texts.started : texts.starts} ${time}`;
  }
  const tomorrow = localDay(start) === localDay(new Date(now.getTime() + dayMs));
  return `${tomorrow ? texts.tomorrow : shortDate(start, language)} ${time}`;
}

function places(
  { performance, numbers }: Showing,
  { texts, language, agedSince }: ShowingContext,
): HTMLElement {
  const aged = agedSince && el('span', { class: 'age' }, texts.agedAt(clockTime(agedSince, language)));
  if (performance.status === 'CANCELLED') {
    return el('p', { class: 'places' }, el('span', { class: 'word' }, texts.cancelled), aged);
  }
  const { remaining } = numbers;
  if (remaining === null) {
    return el(
      'p',
      { class: 'places' },
      el('span', { class: 'word' }, texts.noLimit),
      ' ',
      el('span', { class: 'unit' }, texts.noLimitMore),
      aged,
    );
  }
  return el(
    'p',
    { class: 'places' },
    el('span', { class: 'number' }, String(remaining)),
    ' ',
    el('span', { class: 'unit' }, texts.freePlaces(remaining)),
    remaining === 0 ? el('span', { class: 'full' }, texts.full) : null,
    aged,
  );
}
