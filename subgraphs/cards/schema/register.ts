import { addBatches } from './batches.ts';
import type { CardsBuilder } from './builder.ts';
import type { CardRef } from './card.ts';
import { addChangeCard, addReplace } from './change-card.ts';
import { addDesk } from './desk.ts';
import { addIssue } from './issue.ts';
import { addRegisterInputs } from './register-inputs.ts';
import { addRenew } from './renew.ts';

/** All that an issuing unit works with. */
export function addRegister(builder: CardsBuilder, card: CardRef): void {
  const inputs = addRegisterInputs(builder);
  addIssue(builder, card, inputs);
  addRenew(builder, card, inputs);
  addChangeCard(builder, card);
  addReplace(builder, card);
  addBatches(builder);
  addDesk(builder, card);
}
