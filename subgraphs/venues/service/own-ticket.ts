import type { TicketLine } from '../domain/lines.ts';
import type { Presentation } from '../domain/presentation.ts';

/** What a card comes for when nothing else is said: its own ticket. */
export function ownTicket(presentation: Presentation | null): readonly TicketLine[] {
  return [{ type: presentation?.cardKind === 'COMMUNITY' ? 'COMMUNITY_WORKER' : 'HOLDER', count: 1 }];
}
