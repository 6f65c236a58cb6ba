import type { HolderFacts } from '../domain/card.ts';
import { isId } from '../service/input.ts';
import { holderOf, type CardView } from '../service/read-card.ts';
import type { CardsBuilder } from './builder.ts';
import { registerEnums } from './enums.ts';

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the reference's type
export function addCard(builder: CardsBuilder) {
  const { kind, status, background } = registerEnums(builder);
  const holder = builder.objectRef<HolderFacts>('Holder').implement({
    description: 'All that the register knows of a holder. There is no name, no birth date and no address.',
    fields: (t) => ({
      birthYear: t.exposeInt('birthYear'),
      postcode: t.exposeString('postcode'),
      children: t.exposeInt('children', { description: 'Own or same-household minor children.' }),
      grandchildren: t.exposeInt('grandchildren', { description: 'Minor grandchildren.' }),
      background: t.field({
        type: [background],
        description: 'What the holder told of their own free will; mostly nothing.',
        resolve: (facts) => facts.background ?? [],
      }),
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
      holder: t.field({
        type: holder,
        nullable: true,
        description: 'Null for a community card. That staff reads it is written down, for the holder to see.',
        resolve: (view, _args, context) => holderOf(view, context),
      }),
    }),
  });
  builder.asEntity(card, {
    key: builder.selection<{ id: string }>('id'),
    // `useHistory` comes along where a field asks venues for it: for the holder's eyes, never for rights.
    resolveReference: async (reference: { id: string; useHistory?: string | null }, { loaders }) => {
      const view = isId(reference.id) ? await loaders.card.load(reference.id) : null;
      return view && { ...view, useHistory: reference.useHistory ?? null };
    },
  });
  return card;
}

export type CardRef = ReturnType<typeof addCard>;
