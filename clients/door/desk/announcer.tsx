import { useTexts } from '../texts/index.ts';
import type { Phase } from './phase.ts';

/** Good news for screen readers, while the focus is already back in the code field. The region must exist before its words do. */
export function Announcer({ phase }: { readonly phase: Phase }) {
  const { recorded, offline } = useTexts();
  let words = '';
  if (phase.name === 'redeemed') {
    const { remaining } = phase.redemption.performance.capCounter;
    words = `${recorded.heading}: ${recorded.tickets(phase.redemption.tickets)}.`;
    if (remaining !== null) words += ` ${recorded.places(remaining)}.`;
  } else if (phase.name === 'recorded-offline') {
    words = `${offline.recorded}. ${offline.left(phase.left)}.`;
  } else if (phase.name === 'undone') {
    words = `${recorded.undone}. ${recorded.undoneWords}`;
  }
  return (
    <p class="only-spoken" role="status">
      {words}
    </p>
  );
}
