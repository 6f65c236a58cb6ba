import { cardsIssued } from '../service/count-cards.ts';
import type { CardsBuilder } from './builder.ts';

/** What cards add to networks' Partner. */
export function addPartner(builder: CardsBuilder): void {
  const partner = builder.objectRef<{ id: string }>('Partner').implement({
    fields: (t) => ({
      id: t.exposeID('id'),
      cardsIssued: t.int({
        nullable: true,
        description:
          'How many cards this issuer gave in a calendar year, this year without an argument, expired and suspended ones ' +
          "included. For the issuer's own staff; for the coordinator of its network and the national centre without small numbers: " +
          'fewer than five, and what would give them away, are null, as for everybody else.',
        args: { year: t.arg.int() },
        resolve: ({ id }, { year }, context) => cardsIssued(context, id, year ?? null),
      }),
    }),
  });
  builder.asEntity(partner, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }) => ({ id }),
  });
}
