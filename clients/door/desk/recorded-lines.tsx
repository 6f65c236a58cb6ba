import type { TicketLine } from '../../shared/operations/redemptions.ts';
import { useTexts } from '../texts/index.ts';

/** The tickets of one record. */
export function RecordedLines({ lines }: { readonly lines: readonly TicketLine[] }) {
  const names = useTexts().card.lines;
  return (
    <ul class="recorded-lines">
      {lines.map(({ type, count }) => (
        <li key={type}>
          {count} × {names[type]}
        </li>
      ))}
    </ul>
  );
}
