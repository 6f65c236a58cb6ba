import type { ComponentChildren } from 'preact';
import { LanguageSwitch } from '../shared/ui/language-switch.tsx';
import { useTexts } from './texts/index.ts';

/** The bar on top of every state of the door page. */
export function PageHeader({ children }: { readonly children?: ComponentChildren }) {
  const texts = useTexts();
  return (
    <header class="bar">
      <div class="bar-title">{children ?? <p>{texts.pageTitle}</p>}</div>
      <LanguageSwitch label={texts.languageSwitch} />
    </header>
  );
}
