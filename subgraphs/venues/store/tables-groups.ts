import type { IsoInstant, TicketCount } from '../../platform/units.ts';

/** For whom a hold of kind GROUP is: an organisation's name, never a person's. Only its venue sees it. */
export interface GroupHoldTable {
  hold_id: string;
  venue_id: string;
  /** The idempotency key that it was opened with: of its venue. */
  request_id: string;
  label: string;
}

/** Cards that were redeemed together, all or none. */
export interface RedemptionGroupTable {
  id: string;
  /** The hold that was named; null: none. */
  hold_id: string | null;
  /** As many places as came out of it. */
  from_hold: TicketCount;
}

export interface RedemptionGroupMemberTable {
  redemption_id: string;
  group_id: string;
  /** 0, 1, 2 … as they were asked for. */
  place: number;
}

/** A ticket that nobody came with: for its venue's own count, and no event tells of it. */
export interface NoShowTable {
  redemption_id: string;
  performance_id: string;
  venue_id: string;
  marked_at: IsoInstant;
}

export interface GroupTables {
  group_hold: GroupHoldTable;
  redemption_group: RedemptionGroupTable;
  redemption_group_member: RedemptionGroupMemberTable;
  no_show: NoShowTable;
}
