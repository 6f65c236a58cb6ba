import type { Enums, VenuesBuilder } from './builder.ts';
import { addFees } from './fees.ts';
import { addImport } from './import.ts';
import { addInputs } from './inputs.ts';
import { addOfferingFacts } from './offering-facts.ts';
import { addOfferingInputs } from './offering-inputs.ts';
import type { RefusalRef } from './redemption.ts';
import type { Refs } from './refs.ts';
import { addSharedCap } from './shared-cap.ts';
import { addUpdateVenue } from './update-venue.ts';
import { addVenueFacts } from './venue-facts.ts';
import { addWriteOffering } from './write-offering.ts';

/** Everything that a venue writes of itself and of what it gives, and where everybody reads it. */
export function addVenueDesk(builder: VenuesBuilder, refs: Refs, enums: Enums, refusal: RefusalRef): void {
  const inputs = addInputs(builder);
  addUpdateVenue(builder, refs, enums, inputs, addVenueFacts(builder, refs, enums));
  const factsEnums = addOfferingFacts(builder, refs);
  const offeringInputs = addOfferingInputs(builder, enums, inputs, factsEnums);
  addWriteOffering(builder, refs, enums, inputs, offeringInputs);
  addImport(builder);
  addSharedCap(builder, refs, refusal, inputs);
  addFees(builder, refs, enums, refusal, factsEnums);
}
