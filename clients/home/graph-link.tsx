import { useEffect, useState } from 'preact/hooks';
import { useTexts } from './texts/index.ts';

const address = '/graphiql';

/** The query editor, where the server offers one: development only. */
export function GraphLink() {
  const texts = useTexts();
  const [offered, setOffered] = useState(false);
  useEffect(() => {
    fetch(address, { method: 'HEAD' })
      .then((response) => setOffered(response.ok))
      .catch(() => undefined);
  }, []);
  if (!offered) return null;
  return (
    <section class="card" aria-labelledby="graph-heading">
      <h2 id="graph-heading">
        <a class="big-link" href={address}>
          {texts.graph}
        </a>
      </h2>
      <p>{texts.graphWords}</p>
    </section>
  );
}
