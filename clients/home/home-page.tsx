import { useEffect } from 'preact/hooks';
import { LanguageSwitch } from '../shared/ui/language-switch.tsx';
import { DemoCards } from './demo-cards.tsx';
import { DisplayList } from './display-list.tsx';
import { GraphLink } from './graph-link.tsx';
import { useTexts } from './texts/index.ts';

/** What this is, and the way to each screen. */
export function HomePage() {
  const texts = useTexts();
  useEffect(() => {
    document.title = texts.pageTitle;
  }, [texts]);
  return (
    <>
      <header class="bar">
        <p class="bar-title">{texts.pageTitle}</p>
        <LanguageSwitch label={texts.languageSwitch} />
      </header>
      <main class="home">
        <div class="intro">
          <h1>{texts.heading}</h1>
          <p class="lead">{texts.what}</p>
          <p>{texts.demo}</p>
        </div>
        <div class="doors">
          <div class="side">
            <section class="card" aria-labelledby="door-heading">
              <h2 id="door-heading">
                <a class="big-link" href="/door">
                  {texts.door}
                </a>
              </h2>
              <p>{texts.doorWords}</p>
            </section>
            <DemoCards />
            <GraphLink />
          </div>
          <DisplayList />
        </div>
      </main>
    </>
  );
}
