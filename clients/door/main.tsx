/* oxlint-disable import/no-unassigned-import -- style sheets and a polyfill are here for what they do */
import 'virtual:tokens.css';
import '../shared/style/fonts.css';
import '../shared/style/base.css';
import './result.css';
import './door.css';
import { render } from 'preact';
import { LanguageProvider } from '../shared/ui/language-provider.tsx';
import { doorPage, keepForOffline } from '../shared/offline/keep-page.ts';
import { App } from './app.tsx';

const place = document.getElementById('app');
if (place) {
  render(
    <LanguageProvider>
      <App />
    </LanguageProvider>,
    place,
  );
}
void keepForOffline(doorPage);
