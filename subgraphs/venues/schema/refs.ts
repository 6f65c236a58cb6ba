import { connection } from '../../platform/graphql/index.ts';
import type { Genre, Offering, Performance, Venue } from '../domain/catalogue.ts';
import type { TicketLine } from '../domain/lines.ts';
import type { Redemption } from '../domain/redemption.ts';
import type { CounterOf } from '../service/watch-counters.ts';
import type { VenuesBuilder } from './builder.ts';

export type Refs = ReturnType<typeof addRefs>;

/** The types by name, before their fields: they refer to each other in a circle. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the references' types
export function addRefs(builder: VenuesBuilder) {
  const venue = builder.objectRef<Venue>('Venue');
  const offering = builder.objectRef<Offering>('Offering');
  const performance = builder.objectRef<Performance>('Performance');
  const redemption = builder.objectRef<Redemption>('Redemption');
  return {
    venue,
    genre: builder.objectRef<Genre>('Genre'),
    offering,
    performance,
    counter: builder.objectRef<CounterOf>('CapCounter'),
    redemption,
    line: builder.objectRef<TicketLine>('TicketLine'),
    venues: connection(builder, 'Venue', venue),
    offerings: connection(builder, 'Offering', offering),
    performances: connection(builder, 'Performance', performance),
    redemptions: connection(builder, 'Redemption', redemption),
    network: builder.objectRef<{ id: string }>('Network'),
    municipality: builder.objectRef<{ id: string }>('Municipality'),
    partner: builder.objectRef<{ id: string }>('Partner'),
    card: builder.objectRef<{ id: string }>('Card'),
  };
}
