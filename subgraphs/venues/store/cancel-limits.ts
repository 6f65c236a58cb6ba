import type { VenuesTransaction } from './database.ts';

export async function setCancelUntil(
  trx: VenuesTransaction,
  performanceId: string,
  minutes: number | null,
): Promise<void> {
  await trx
    .updateTable('performance')
    .set({ cancel_until_minutes: minutes })
    .where('id', '=', performanceId)
    .execute();
}
