import { useTexts } from '../texts/index.ts';
import type { AloneRefusal } from './phase.ts';

/** Why this device lets nobody in by itself, and what to do. */
export function OfflineRefusalWords({ refusal }: { readonly refusal: AloneRefusal }) {
  const { why, next } = useTexts().offline.refusals[refusal];
  return (
    <>
      <p>{why}</p>
      <p class="next-step">{next}</p>
    </>
  );
}
