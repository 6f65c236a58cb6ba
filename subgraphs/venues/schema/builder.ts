import { createBuilder, type BaseContext, type Builder } from '../../platform/graphql/index.ts';
import type { Environment } from '../service/environment.ts';
import type { Loaders } from '../service/loaders.ts';
import { ticketLineTypes } from '../domain/lines.ts';
import { redemptionRefusalCodes } from '../domain/redemption.ts';
import * as words from '../domain/words.ts';

/** What a resolver of venues finds in its context. */
export interface VenuesContext extends BaseContext {
  readonly env: Environment;
  readonly loaders: Loaders;
}

export type VenuesBuilder = Builder<VenuesContext>;

export function venuesBuilder(): VenuesBuilder {
  return createBuilder<VenuesContext>();
}

export type Enums = ReturnType<typeof addEnums>;

/** The closed lists of the domain. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the references' types
export function addEnums(builder: VenuesBuilder) {
  return {
    venueKind: builder.enumType('VenueKind', {
      description:
        'POP_UP: outside every network, agreed with the national centre; at the door like any other.',
      values: words.venueKinds,
    }),
    venueType: builder.enumType('VenueType', { values: words.venueTypes }),
    venueCategory: builder.enumType('VenueCategory', {
      description: 'The four categories of the national statistics.',
      values: words.venueCategories,
    }),
    offeringKind: builder.enumType('OfferingKind', { values: words.offeringKinds }),
    performanceStatus: builder.enumType('PerformanceStatus', { values: words.performanceStatuses }),
    ticketBasis: builder.enumType('TicketBasis', {
      description: 'What `tickets` counts: the seats of the room, or the tickets on sale.',
      values: words.ticketBases,
    }),
    redemptionWindow: builder.enumType('RedemptionWindow', {
      description: 'SAME_DAY: only on the local date of the performance.',
      values: words.redemptionWindows,
    }),
    redemptionStatus: builder.enumType('RedemptionStatus', { values: words.redemptionStatuses }),
    ticketLineType: builder.enumType('TicketLineType', { values: ticketLineTypes }),
    refusalCode: builder.enumType('RedemptionRefusalCode', { values: redemptionRefusalCodes }),
  };
}

/** Makes a change, and lets what hangs on its answer be read anew. */
export async function changing<Answer>({ loaders }: VenuesContext, change: Promise<Answer>): Promise<Answer> {
  const answer = await change;
  loaders.forget();
  return answer;
}
