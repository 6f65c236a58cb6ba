import { readPage, type Page, type PageArgs } from '../../platform/pagination.ts';
import type { IsoInstant, LocalDate } from '../../platform/units.ts';
import type { CardKind, RegisteredStatus } from '../domain/card.ts';
import type { PhoneAlgorithm } from '../domain/mobile-token.ts';
import type { CardsReader } from './database.ts';

/** A phone's key and what its card allows, as it is stored. */
export interface KeyRow {
  readonly keyId: string;
  readonly isLive: boolean;
  readonly algorithm: PhoneAlgorithm;
  readonly publicKey: string;
  readonly kind: CardKind;
  readonly validUntil: LocalDate;
  readonly children: number;
  readonly grandchildren: number;
}

/**
 * Keys by which a device without a connection knows phones. Without `since`: those that are good today. With it: those of
 * which anything changed since then, the phone or its card, dead ones too.
 */
export async function listKeys(
  db: CardsReader,
  { since, today }: { readonly since: IsoInstant | null; readonly today: LocalDate },
  args: PageArgs,
): Promise<Page<KeyRow>> {
  let query = db
    .selectFrom('phone')
    .leftJoin('card', 'card.id', 'phone.card_id')
    .leftJoin('holder', 'holder.id', 'card.holder_id')
    .select(['phone.key_id', 'phone.algorithm', 'phone.public_key', 'phone.revoked_at'])
    .select(['card.kind', 'card.status', 'card.valid_until', 'holder.children', 'holder.grandchildren']);
  query =
    since === null
      ? query
          .where('phone.revoked_at', 'is', null)
          .where('card.status', '=', 'ACTIVE')
          .where('card.valid_until', '>=', today)
      : query.where((eb) =>
          eb.or([
            eb('phone.changed_at', '>=', since),
            eb('card.status_changed_at', '>=', since),
            eb.exists(
              eb
                .selectFrom('card_period')
                .select('card_period.seq')
                .whereRef('card_period.card_id', '=', 'phone.card_id')
                .where('card_period.entered_at', '>=', since),
            ),
            eb.exists(
              eb
                .selectFrom('card_change')
                .select('card_change.id')
                .whereRef('card_change.card_id', '=', 'phone.card_id')
                .where('card_change.at', '>=', since),
            ),
          ]),
        );
  const page = await readPage(query, {
    args,
    order: [{ column: 'phone.key_id', as: 'key_id', direction: 'asc' }],
  });
  return { ...page, items: page.items.map(toKey) };
}

function toKey(row: {
  readonly key_id: string;
  readonly algorithm: PhoneAlgorithm;
  readonly public_key: string;
  readonly revoked_at: IsoInstant | null;
  readonly kind: CardKind | null;
  readonly status: RegisteredStatus | null;
  readonly valid_until: LocalDate | null;
  readonly children: number | null;
  readonly grandchildren: number | null;
}): KeyRow {
  return {
    keyId: row.key_id,
    isLive: row.revoked_at === null && row.status === 'ACTIVE',
    algorithm: row.algorithm,
    publicKey: row.public_key,
    kind: row.kind ?? 'PERSONAL',
    validUntil: row.valid_until ?? '',
    children: row.children ?? 0,
    grandchildren: row.grandchildren ?? 0,
  };
}
