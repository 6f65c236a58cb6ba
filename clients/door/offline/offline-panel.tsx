import { useRef, useState } from 'preact/hooks';
import type { PerformanceSummary } from '../../shared/operations/performances.ts';
import { doorPage, keepForOffline } from '../../shared/offline/keep-page.ts';
import { clockTime } from '../../shared/time.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { useLanguage } from '../../shared/ui/language-provider.tsx';
import { Localised } from '../../shared/ui/localised.tsx';
import { codeReader } from '../scanner/scan.ts';
import { useTexts } from '../texts/index.ts';
import { conflictsIn, placesLeft, ticketsOf, type OfflineBook } from './book.ts';
import type { NotKept, OfflineDoor } from './offline-door.ts';

interface Props {
  readonly offline: OfflineDoor;
  readonly performance: PerformanceSummary | undefined;
  readonly live: boolean;
}

/** Work without a network: places that this device keeps, what waits for the network, and what came of it. */
export function OfflinePanel({ offline, performance, live }: Props) {
  const texts = useTexts().offline;
  // Each look at the books reads the device's storage: once for a drawing.
  const books = offline.books();
  const book = offline.bookFor(performance?.id ?? null, books);
  const unsent = offline.unsent(books);
  const conflicts = books.filter((one) => conflictsIn(one).length > 0);
  const error = typeof offline.uploadEnd === 'string' || unsent === 0 ? null : offline.uploadEnd.error;
  return (
    <section class="offline" aria-labelledby="offline-heading">
      <h2 id="offline-heading" class="only-spoken">
        {texts.heading}
      </h2>
      {book && <Kept offline={offline} book={book} live={live} />}
      <div role="status">
        {unsent > 0 && (
          <p class="note warning">
            <Icon name="warning" />
            <span>
              <strong>{texts.unsent(unsent)}</strong>{' '}
              {error === null ? texts.unsentWords : texts.error(error)}
            </span>
          </p>
        )}
      </div>
      {conflicts.map((one) => (
        <Conflicts key={one.slice.id} offline={offline} book={one} />
      ))}
      {!book && performance?.status === 'SCHEDULED' && live && (
        <Reserve key={performance.id} offline={offline} performanceId={performance.id} />
      )}
    </section>
  );
}

/** The places of this device, and until when. */
function Kept({
  offline,
  book,
  live,
}: {
  readonly offline: OfflineDoor;
  readonly book: OfflineBook;
  readonly live: boolean;
}) {
  const texts = useTexts().offline;
  const { language } = useLanguage();
  const [state, setState] = useState<'idle' | 'returning' | 'failed'>('idle');
  const giveBack = async () => {
    setState('returning');
    setState((await offline.giveBack(book)) ? 'idle' : 'failed');
  };
  const until = clockTime(new Date(book.slice.expiresAt), language);
  return (
    <div class="offline-kept">
      <p>
        <strong>{texts.kept(placesLeft(book), book.slice.places)}</strong> {texts.until(until)}
        {offline.knowsPhones() ? null : <span class="offline-phones"> {texts.noPhones}</span>}
      </p>
      {live && (
        <button type="button" class="quiet" disabled={state === 'returning'} onClick={() => void giveBack()}>
          {texts.giveBack}
        </button>
      )}
      <p role="status">{state === 'failed' ? texts.notReturned : null}</p>
    </div>
  );
}

/** The camera's reader is fetched only when it is needed; without a network that is too late. */
async function keepReader(): Promise<void> {
  try {
    await codeReader();
    await keepForOffline(doorPage);
  } catch {
    // A scanner or the keyboard does it too.
  }
}

const firstGuess = 4;
const most = 200;

/** Keeps places before the network goes: what a pop-up in a park, or a cellar, does in the afternoon. */
function Reserve({
  offline,
  performanceId,
}: {
  readonly offline: OfflineDoor;
  readonly performanceId: string;
}) {
  const texts = useTexts().offline;
  const field = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<'idle' | 'asking' | NotKept>('idle');
  const reserve = async (event: Event) => {
    event.preventDefault();
    if (state === 'asking') return;
    setState('asking');
    const not = await offline.reserve(performanceId, Number(field.current?.value));
    setState(not ?? 'idle');
    if (not === null) await keepReader();
  };
  return (
    <details>
      <summary>{texts.summary}</summary>
      <p class="hint" id="offline-hint">
        {texts.hint}
      </p>
      <form class="offline-form" onSubmit={(event) => void reserve(event)}>
        <label for="offline-places">{texts.places}</label>
        <input
          id="offline-places"
          ref={field}
          type="number"
          inputMode="numeric"
          min={1}
          max={most}
          required
          defaultValue={String(firstGuess)}
          aria-describedby="offline-hint"
        />
        <button type="submit" class="secondary" aria-disabled={state === 'asking'}>
          {state === 'asking' ? texts.reserving : texts.reserve}
        </button>
      </form>
      <p role="alert">{typeof state === 'string' ? null : <Why not={state} />}</p>
    </details>
  );
}

function Why({ not }: { readonly not: NotKept }) {
  const texts = useTexts().offline;
  if ('message' in not) return <Localised text={not.message} />;
  return <>{'error' in not ? texts.error(not.error) : texts.notKept[not.code]}</>;
}

/** Guests who came in and could not be recorded, with the reason; they stay until somebody has read them. */
function Conflicts({ offline, book }: { readonly offline: OfflineDoor; readonly book: OfflineBook }) {
  const texts = useTexts();
  const { language } = useLanguage();
  const isOver = offline.now() >= Date.parse(book.slice.expiresAt);
  return (
    <div class="offline-conflicts">
      <h3>{texts.offline.conflicts}</h3>
      <p>{texts.offline.conflictWords}</p>
      <ul>
        {conflictsIn(book).map(({ requestId, at, lines, outcome }) => (
          <li key={requestId}>
            {clockTime(new Date(at), language)} · {texts.recorded.tickets(ticketsOf(lines))}:{' '}
            {outcome?.kind === 'conflict' && <Localised text={outcome.conflict.message} />}
          </li>
        ))}
      </ul>
      {isOver && (
        <button type="button" class="secondary" onClick={() => offline.forget(book)}>
          {texts.offline.read}
        </button>
      )}
    </div>
  );
}
