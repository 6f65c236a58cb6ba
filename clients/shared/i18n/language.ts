/** The three languages of every screen. */
export type Language = 'fi' | 'sv' | 'en';

export const languages: readonly Language[] = ['fi', 'sv', 'en'];

/** Each language's name in itself, as a language switch must show it. */
export const languageNames: Readonly<Record<Language, string>> = {
  fi: 'Suomi',
  sv: 'Svenska',
  en: 'English',
};

/** Locale for dates: Swedish as written in Finland, English with the day first and a 24-hour clock. */
export const locales: Readonly<Record<Language, string>> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };

const storageKey = 'language';

export function isLanguage(value: string | null | undefined): value is Language {
  return value === 'fi' || value === 'sv' || value === 'en';
}

/** Languages asked for in the address: `?lang=sv`, or several to take turns on a display: `?lang=fi,sv`. */
export function languagesInAddress(search: string): Language[] {
  const match = /[?&]lang=([^&]*)/.exec(search);
  return decodeURIComponent(match?.[1] ?? '')
    .toLowerCase()
    .split(',')
    .filter(isLanguage);
}

/** The first of the browser's languages that we have; English for someone who reads none of the three. */
export function browserLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const language = tag.slice(0, 2).toLowerCase();
    if (isLanguage(language)) return language;
  }
  return 'en';
}

/** Address first, then the remembered choice, then the browser. */
export function initialLanguage(): Language {
  const asked = languagesInAddress(location.search)[0];
  if (asked) return asked;
  const remembered = recall();
  if (remembered) return remembered;
  // Old televisions know only `navigator.language`.
  const list = navigator.languages as readonly string[] | undefined;
  return browserLanguage(list ?? [navigator.language]);
}

/** Remembers the choice, and keeps an address that names a language true. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Storage may be switched off: the choice then lasts as long as the page.
  }
  if (languagesInAddress(location.search).length > 0) {
    const search = location.search.replace(/([?&]lang=)[^&]*/, `$1${language}`);
    history.replaceState(null, '', location.pathname + search);
  }
}

function recall(): Language | null {
  try {
    const value = localStorage.getItem(storageKey);
    return isLanguage(value) ? value : null;
  } catch {
    return null;
  }
}
