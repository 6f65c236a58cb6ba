/* oxlint-disable import/no-unassigned-import -- a style sheet is here for what it does */
import './old-page.css';
import type { Operation } from '../graphql/operation.ts';
import { initialLanguage, isLanguage } from '../i18n/language.ts';
import { mayReload } from './reload-once.ts';
import { oldPageWords } from './words.ts';

/** Time to read why, in milliseconds; half of it by chance, so that a hundred screens do not return at once. */
const readingMs = 4_000;

/** What a gateway says to an operation that its build does not know. The second: it knows it from an earlier build, but its graph has moved on. */
const codes = ['UNTRUSTED_DOCUMENT', 'GRAPHQL_VALIDATION_FAILED'];

/** Operations that were refused last time, by their hashes. */
const refused: Record<string, true> = {};
let reloading = false;

/** An operation that the build has put on this page is refused as unknown: then the gateway is of another build. Says so, and loads the page again, once. */
export function noteCode({ hash }: Operation<never, unknown>, code: string | undefined): void {
  // Without a hash it is not of a build; nothing that loading again could change.
  if (hash === undefined || code === undefined || codes.indexOf(code) < 0 || reloading) return;
  refused[hash] = true;
  reloading = mayReload(Date.now(), () => sessionStorage);
  if (reloading) setTimeout(() => location.reload(), readingMs * (1 + Math.random()));
  show();
}

/** It was answered after all: a gateway of this build is back. */
export function noteData({ hash }: Operation<never, unknown>): void {
  if (hash === undefined || !refused[hash]) return;
  delete refused[hash];
  if (Object.keys(refused).length > 0 || reloading) return;
  const notice = document.querySelector('.old-page');
  if (notice?.parentNode) notice.parentNode.removeChild(notice);
}

function show(): void {
  const inPage = document.documentElement.lang;
  const language = isLanguage(inPage) ? inPage : initialLanguage();
  const words = oldPageWords[language];
  const notice = document.querySelector<HTMLElement>('.old-page') ?? document.createElement('div');
  notice.className = 'old-page';
  notice.lang = language;
  notice.setAttribute('role', 'alert');
  notice.textContent = reloading ? words.reloading : words.stillOld;
  if (!reloading) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = words.reload;
    button.addEventListener('click', () => location.reload());
    notice.appendChild(button);
  }
  if (!notice.parentNode) document.body.appendChild(notice);
}
