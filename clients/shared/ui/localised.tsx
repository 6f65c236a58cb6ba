import type { Text } from '../i18n/text.ts';
import { pick } from '../i18n/text.ts';
import { useLanguage } from './language-provider.tsx';

/** A text of the graph, marked with its language when that is not the page's. */
export function Localised({ text }: { readonly text: Text }) {
  const { language } = useLanguage();
  const picked = pick(text, language);
  return picked.language === language ? (
    <>{picked.value}</>
  ) : (
    <span lang={picked.language}>{picked.value}</span>
  );
}
