import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../shared/ui/icon.tsx';
import { groupedCode, plainCode } from '../card-code.ts';
import { ScannerDialog } from '../scanner/scanner-dialog.tsx';
import { useTexts } from '../texts/index.ts';
import type { Desk } from './desk.ts';
import { LastRedemption } from './last-redemption.tsx';
import { isUnsent } from './phase.ts';

interface Props {
  readonly desk: Desk;
  readonly performanceId: string | null;
  readonly field: RefObject<HTMLInputElement | null>;
}

/** The code, by scanner, by hand or by camera. */
export function CodeForm({ desk, performanceId, field }: Props) {
  const texts = useTexts();
  const [scanning, setScanning] = useState(false);
  const { phase } = desk;
  const checking = phase.name === 'checking';
  const submit = (event: Event) => {
    event.preventDefault();
    void desk.check(plainCode(field.current?.value ?? ''), performanceId);
  };
  const scanned = (code: string) => {
    setScanning(false);
    if (field.current) field.current.value = groupedCode(code);
    void desk.check(plainCode(code), performanceId);
  };
  return (
    <section class="code" aria-labelledby="code-heading">
      <h2 id="code-heading" class="only-spoken">
        {texts.code.heading}
      </h2>
      <form onSubmit={submit}>
        <label for="code">{texts.code.label}</label>
        <p id="code-hint" class="hint">
          {texts.code.hint}
        </p>
        <input
          id="code"
          ref={field}
          class="code-field"
          type="text"
          inputMode="text"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxLength={140}
          aria-describedby="code-hint"
          onInput={(event) => group(event.currentTarget)}
        />
        <div class="buttons">
          <button type="submit" class="primary" aria-disabled={checking || isUnsent(phase)}>
            {checking ? texts.code.checking : texts.code.check}
          </button>
          <button
            type="button"
            class="secondary"
            disabled={isUnsent(phase)}
            onClick={() => setScanning(true)}
          >
            <Icon name="camera" />
            {texts.code.scan}
          </button>
        </div>
      </form>
      <LastRedemption desk={desk} />
      {scanning && <ScannerDialog found={scanned} close={() => setScanning(false)} />}
    </section>
  );
}

/** Groups of four while typing at the end; a correction in the middle is left alone. */
function group(input: HTMLInputElement): void {
  if (input.selectionEnd === input.value.length) input.value = groupedCode(input.value);
}
