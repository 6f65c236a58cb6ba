import type { HolderFacts } from '../domain/card.ts';
import type { CardView } from '../service/read-card.ts';
import type { CardsBuilder } from './builder.ts';

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the reference's type
export function addCard(builder: CardsBuilder) {
  const kind = builder.enumType('CardKind', { values: ['PERSONAL', 'COMMUNITY'] as const });
  const status = builder.enumType('CardStatus', {
    description: 'EXPIRED: the last day has passed. A suspended card is SUSPENDED whatever its last day.',
    values: ['VALID', 'SUSPENDED', 'EXPIRED'] as const,
  });
  const holder = builder.objectRef<HolderFacts>('Holder').implement({
    description: 'All that the register knows of a holder. There is no name, no birth date and no address.',
    fields: (t) => ({
      birthYear: t.exposeInt('birthYear'),
      postcode: t.exposeString('postcode'),
      children: t.exposeInt('children', { description: 'Own or same-household minor children.' }),
      grandchildren: t.exposeInt('grandchildren', { description: 'Minor grandchildren.' }),
    }),
  });
  const card = builder.objectRef<CardView>('Card').implement({
    description:
      'One registration; its id stays when the card is replaced. Venue staff sees id and kind; the rest is for the holder, ' +
      'the unit that gave the card, and the national centre. What is not yours to read is null.',
    fields: (t) => ({
      id: t.exposeID('id'),
      kind: t.expose('kind', { type: kind }),
      status: t.expose('status', { type: status, nullable: true }),
      issuedOn: t.expose('issuedOn', { type: 'Date', nullable: true }),
      validUntil: t.expose('validUntil', {
        type: 'Date',
        nullable: true,
        description: 'The last valid day.',
      }),
      holder: t.expose('holder', { type: holder, nullable: true, description: 'Null for a community card.' }),
    }),
  });
  builder.asEntity(card, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { loaders }) => loaders.card.load(id),
  });
  return card;
}

export type CardRef = ReturnType<typeof addCard>;
