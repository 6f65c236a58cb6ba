import type { TicketCount } from '../../platform/units.ts';

export const cardKinds = ['PERSONAL', 'COMMUNITY'] as const;
export type CardKind = (typeof cardKinds)[number];

export const ticketLineTypes = ['HOLDER', 'CHILD', 'ASSISTANT', 'COMMUNITY_WORKER'] as const;
export type TicketLineType = (typeof ticketLineTypes)[number];

export interface TicketLine {
  readonly type: TicketLineType;
  readonly count: TicketCount;
}

/** Which lines take a place of the cap. Source: domain.md "Venues and offerings": assistants always come in free and do not count. */
export const countsInCap: Readonly<Record<TicketLineType, boolean>> = {
  HOLDER: true,
  CHILD: true,
  COMMUNITY_WORKER: true,
  ASSISTANT: false,
};

/** Tickets of all lines together. */
export function ticketsOf(lines: readonly TicketLine[]): TicketCount {
  return lines.reduce((sum, line) => sum + line.count, 0);
}

/** Tickets that take a place of the cap. */
export function countedTicketsOf(lines: readonly TicketLine[]): TicketCount {
  return ticketsOf(lines.filter((line) => countsInCap[line.type]));
}
