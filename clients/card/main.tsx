/* oxlint-disable import/no-unassigned-import -- style sheets are here for what they do */
import 'virtual:tokens.css';
import '../shared/style/fonts.css';
import '../shared/style/base.css';
import './card.css';
import { render } from 'preact';
import { LanguageProvider } from '../shared/ui/language-provider.tsx';
import { App } from './app.tsx';
import { cardPage, keepForOffline } from '../shared/offline/keep-page.ts';

const place = document.getElementById('app');
if (place) {
  render(
    <LanguageProvider>
      <App />
    </LanguageProvider>,
    place,
  );
}
void keepForOffline(cardPage);
