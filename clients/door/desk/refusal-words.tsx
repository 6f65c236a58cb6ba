import type { Text } from '../../shared/i18n/text.ts';
import { Localised } from '../../shared/ui/localised.tsx';
import { useTexts } from '../texts/index.ts';

interface Refusal {
  readonly code: string;
  readonly message: Text;
  readonly rule?: { readonly since: string | null; readonly source: string } | null;
}

/** The server's words for what happened, and ours for what to do next. */
export function RefusalWords({ refusal }: { readonly refusal: Refusal }) {
  const texts = useTexts().refusal;
  const steps: Readonly<Record<string, string | undefined>> = texts.nextStep;
  const next = steps[refusal.code] ?? texts.otherStep;
  return (
    <>
      <p>
        <Localised text={refusal.message} />
      </p>
      <p class="next-step">{next}</p>
      {refusal.rule && (
        <p class="rule">
          {texts.rule(refusal.rule.source, refusal.rule.since && numericDate(refusal.rule.since))}
        </p>
      )}
    </>
  );
}

/** `2025-09-01` as `1.9.2025`, the form of all three languages in Finland. */
function numericDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day}.${month}.${year}`;
}
