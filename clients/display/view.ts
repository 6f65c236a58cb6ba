import type { Language } from '../shared/i18n/language.ts';
import { languageNames, languages } from '../shared/i18n/language.ts';
import { pick } from '../shared/i18n/text.ts';
import { clockTime, longDate } from '../shared/time.ts';
import { el, icon, swap } from './dom.ts';
import { fitRows } from './fit.ts';
import { programme } from './programme.ts';
import type { ShowingContext } from './showing-view.ts';
import { hero, row, spoken } from './showing-view.ts';
import type { DisplayState } from './state.ts';
import { displayTexts } from './texts/index.ts';

export interface DrawContext {
  readonly language: Language;
  readonly slug: string;
  readonly now: Date;
  readonly chooseLanguage: (language: Language) => void;
}

const mostRows = 5;
const warningSign = 'M12 3 L22 21 L2 21 Z M12 10 V15 M12 17.6 V18.2';

const screen = document.getElementById('screen') ?? document.body;
const news = document.getElementById('news') ?? document.body;
const top = screen.appendChild(el('header', {}));
const header = top.appendChild(el('div', {}));
const warning = top.appendChild(el('div', {}));
const main = screen.appendChild(el('main', {}));
const footer = screen.appendChild(el('footer', {}));

/** Draws the whole state; what has not changed stays untouched. */
export function draw(state: DisplayState, context: DrawContext): void {
  const texts = displayTexts[context.language];
  const lost = state.name === 'venue' && !state.live && state.heardAt !== null ? state.heardAt : null;
  document.documentElement.lang = context.language;
  const venue = state.name === 'venue' ? pick(state.venue, context.language) : null;
  document.title = venue ? `${texts.pageTitle} · ${venue.value}` : texts.pageTitle;

  swap(header, headerRow(state, context));
  swap(warning, lost ? lostBanner(lost, context) : el('div', {}));
  const showing: ShowingContext = { texts, language: context.language, now: context.now, agedSince: lost };
  const changed = swap(main, content(state, showing, context));
  screen.className = main.querySelector('.side') ? '' : 'single';
  if (swap(footer, footerRow(state, context))) listen(footer, context);
  if (changed) fitRows(main, footer);
  announce(state, showing);
}

function headerRow(state: DisplayState, { language, now }: DrawContext): HTMLElement {
  const name = state.name === 'venue' ? pick(state.venue, language) : null;
  return el(
    'div',
    { class: 'row' },
    el(
      'div',
      { class: 'lead' },
      el(
        'h1',
        name && name.language !== language ? { lang: name.language } : {},
        name?.value ?? displayTexts[language].pageTitle,
      ),
    ),
    el(
      'p',
      { class: 'side clock' },
      el('span', { class: 'date' }, capitalised(longDate(now, language))),
      ' ',
      el('span', { class: 'time' }, clockTime(now, language)),
    ),
  );
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function lostBanner(since: Date, { language }: DrawContext): HTMLElement {
  const texts = displayTexts[language];
  return el(
    'div',
    { class: 'warning' },
    icon(warningSign),
    el('p', {}, el('strong', {}, texts.lost), ` ${texts.lostMore(clockTime(since, language))}`),
  );
}

function content(state: DisplayState, showing: ShowingContext, { slug }: DrawContext): HTMLElement {
  const { texts } = showing;
  if (state.name === 'unknown-venue') return message(texts.unknownVenue, texts.unknownVenueMore(slug));
  if (state.name === 'unreachable') return message(texts.unreachable, texts.unreachableMore);
  if (state.name === 'loading') return message(texts.loading);
  if (!state.showings)
    return state.live ? message(texts.loading) : message(texts.unreachable, texts.unreachableMore);
  const [first, ...rest] = programme(state.showings, showing.now);
  if (!first) return message(texts.noPerformances);
  const rows = rest.slice(0, mostRows);
  return el(
    'div',
    { class: showing.agedSince ? 'row aged' : 'row' },
    hero(first, showing),
    rows.length > 0
      ? el(
          'section',
          { class: 'side later' },
          el('h2', {}, texts.later),
          el('ol', {}, ...rows.map((one) => row(one, showing))),
        )
      : null,
  );
}

function message(words: string, more?: string): HTMLElement {
  return el(
    'div',
    { class: 'row' },
    el('div', { class: 'lead message' }, el('p', { class: 'words' }, words), more ? el('p', {}, more) : null),
  );
}

function footerRow(state: DisplayState, { language }: DrawContext): HTMLElement {
  const texts = displayTexts[language];
  const fresh = state.name === 'venue' && state.live ? state.heardAt : null;
  const switches = languages.map((one) =>
    el(
      'button',
      { type: 'button', lang: one, 'data-language': one, 'aria-pressed': String(one === language) },
      languageNames[one],
    ),
  );
  return el(
    'div',
    { class: 'row' },
    el('p', { class: 'lead' }, fresh ? texts.live(clockTime(fresh, language)) : ''),
    el('nav', { class: 'side', 'aria-label': texts.languageSwitch }, ...switches),
  );
}

function listen(place: Element, { chooseLanguage }: DrawContext): void {
  for (const one of languages) {
    const button = place.querySelector<HTMLButtonElement>(`[data-language=${one}]`);
    button?.addEventListener('click', () => {
      chooseLanguage(one);
      footer.querySelector<HTMLButtonElement>(`[data-language=${one}]`)?.focus();
    });
  }
}

/** One polite sentence for screen readers: the connection if it is gone, else the big number. */
function announce(state: DisplayState, context: ShowingContext): void {
  const first =
    state.name === 'venue' && state.showings ? programme(state.showings, context.now)[0] : undefined;
  const words = context.agedSince
    ? `${context.texts.lost} ${context.texts.lostMore(clockTime(context.agedSince, context.language))}`
    : first
      ? spoken(first, context)
      : (main.querySelector('.words')?.textContent ?? '');
  if (news.textContent !== words) news.textContent = words;
}
