import { useEffect, useRef, useState } from 'preact/hooks';
import { useTexts } from '../texts/index.ts';
import { scanFrom } from './scan.ts';

interface Props {
  readonly found: (code: string) => void;
  readonly close: () => void;
}

/** The camera, for doors without a scanner. Pictures are read on this device and go nowhere. */
export function ScannerDialog({ found, close }: Props) {
  const texts = useTexts().scanner;
  const dialog = useRef<HTMLDialogElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<'starting' | 'aim' | 'denied'>('starting');
  useEffect(() => {
    dialog.current?.showModal();
    const stop = new AbortController();
    if (video.current) {
      scanFrom(video.current, stop.signal, () => setState('aim')).then(
        (code) => {
          if (code !== null) found(code);
        },
        () => setState('denied'),
      );
    }
    return () => stop.abort();
  }, []);
  return (
    <dialog ref={dialog} class="scanner" aria-labelledby="scanner-heading" onClose={close}>
      <h2 id="scanner-heading">{texts.heading}</h2>
      <p role="status">{texts[state]}</p>
      <video ref={video} muted playsInline hidden={state === 'denied'} aria-hidden="true" />
      <div class="buttons">
        <button type="button" class="secondary" onClick={() => dialog.current?.close()}>
          {texts.close}
        </button>
      </div>
    </dialog>
  );
}
