import type { TicketCount } from '../../platform/units.ts';
import { inChunks } from './chunks.ts';
import type { VenuesReader, VenuesTransaction } from './database.ts';

/** Cards that were redeemed together. */
export interface RedemptionGroup {
  /** The hold that was named; null: none. */
  readonly holdId: string | null;
  /** As many places as came out of it. */
  readonly fromHold: TicketCount;
  /** In the order in which they were asked for. */
  readonly redemptionIds: readonly string[];
}

export async function insertGroup(
  trx: VenuesTransaction,
  { id, holdId, fromHold, redemptionIds }: RedemptionGroup & { readonly id: string },
): Promise<void> {
  await trx.insertInto('redemption_group').values({ id, hold_id: holdId, from_hold: fromHold }).execute();
  const members = redemptionIds.map((redemptionId, place) => ({
    redemption_id: redemptionId,
    group_id: id,
    place,
  }));
  for (const chunk of inChunks(members)) {
    await trx.insertInto('redemption_group_member').values(chunk).execute();
  }
}

/** The group that a redemption came with, or null. */
export async function findGroupOf(db: VenuesReader, redemptionId: string): Promise<RedemptionGroup | null> {
  const rows = await db
    .selectFrom('redemption_group_member as known')
    .innerJoin('redemption_group', 'redemption_group.id', 'known.group_id')
    .innerJoin('redemption_group_member as member', 'member.group_id', 'known.group_id')
    .select(['redemption_group.hold_id', 'redemption_group.from_hold', 'member.redemption_id'])
    .where('known.redemption_id', '=', redemptionId)
    .orderBy('member.place')
    .execute();
  const [first] = rows;
  if (!first) return null;
  const redemptionIds = rows.map((row) => row.redemption_id);
  return { holdId: first.hold_id, fromHold: first.from_hold, redemptionIds };
}
