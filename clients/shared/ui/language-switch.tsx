import { languageNames, languages } from '../i18n/language.ts';
import { useLanguage } from './language-provider.tsx';

/** Every language by its own name; `label` says what the group is for. */
export function LanguageSwitch({ label }: { readonly label: string }) {
  const { language, choose } = useLanguage();
  return (
    <nav class="languages" aria-label={label}>
      {languages.map((one) => (
        <button
          type="button"
          key={one}
          lang={one}
          aria-pressed={one === language}
          onClick={() => choose(one)}
        >
          {languageNames[one]}
        </button>
      ))}
    </nav>
  );
}
