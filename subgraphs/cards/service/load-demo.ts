import { addDays, localDate } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { isRefusal } from '../../platform/refusals.ts';
import type { LocalDate } from '../../platform/units.ts';
import { system } from '../../platform/viewer.ts';
import { demoCardCount, demoCardId, demoCards, municipalityId, postcodesOf } from '../demo/demo-cards.ts';
import { parseCode } from '../domain/code.ts';
import { generateDemoCards, type DemoCard } from '../domain/demo.ts';
import { yearOf } from '../domain/validity.ts';
import { findCards } from '../store/cards.ts';
import { assumeYear, findIssuers, type LocalIssuer } from '../store/issuers.ts';
import { suspendCard } from './card-status.ts';
import { issueCard } from './issue-card.ts';
import type { CardsServices } from './services.ts';

/**
 * Issues the made-up cards that are not there yet, to the real issuers of the local copy. A card that is there stays as it
 * is, on whatever later day this runs again. The documents show issuers taking part up to 2025; for the demo alone each is
 * assumed to go on, and its year is marked as assumed.
 */
export async function loadDemoCards(services: CardsServices): Promise<void> {
  const { database, clock, logger } = services;
  const ids = Array.from({ length: demoCardCount }, (_, index) => demoCardId(index));
  const there = new Set((await findCards(database.reader, ids)).map(({ id }) => id));
  if (there.size === demoCardCount) return;
  const issuers = await findIssuers(database.reader, 'ALL');
  if (issuers.length === 0) {
    logger.warn('no demo cards: networks has published no issuers');
    return;
  }

  const today = localDate(clock.now());
  const missing = season(issuers, yearOf(today)).filter(({ index }) => !there.has(demoCardId(index)));
  const years = new Set(missing.map(({ issuedDaysAgo }) => yearOf(addDays(today, -issuedDaysAgo))));
  await database.write(async (trx) => {
    for (const year of years)
      await assumeYear(
        trx,
        issuers.map(({ id }) => id),
        year,
      );
  });
  for (const card of missing) await issueDemoCard(services, card, today);
  logger.info({ cards: missing.length }, 'demo cards issued');
}

function season(issuers: readonly LocalIssuer[], thisYear: number): DemoCard[] {
  const knownCards = demoCards.map(({ index, code, kind, issuedIn, issuedDaysAgo, suspended, holder }) => {
    const issuer = issuers.find((one) => one.municipalityId === municipalityId(issuedIn)) ?? issuers[0];
    const read = parseCode(code);
    if (!issuer || isRefusal(read)) throw new Error(`The demo card ${index} cannot be issued.`);
    const facts = holder && { ...holder, birthYear: thisYear - holder.age };
    return { index, code: read, kind, issuerId: issuer.id, issuedDaysAgo, suspended, holder: facts };
  });
  const others = generateDemoCards(
    issuers.map(({ id, municipalityId: municipality }) => ({ id, postcodes: postcodesOf(municipality) })),
    { first: demoCards.length, end: demoCardCount, thisYear },
  );
  return [...knownCards, ...others];
}

async function issueDemoCard(services: CardsServices, card: DemoCard, today: LocalDate): Promise<void> {
  const { index, code, kind, issuerId, issuedDaysAgo, suspended, holder } = card;
  const cardId = demoCardId(index);
  try {
    const issued = await issueCard(services, system, {
      issuerId,
      kind,
      holder,
      issuedOn: addDays(today, -issuedDaysAgo),
      seed: { cardId, code },
    });
    if (isRefusal(issued)) throw new Error(`The demo card ${index} was refused: ${issued.code}.`);
    if (suspended) await suspendCard(services, system, cardId);
  } catch (error) {
    // Another process is loading the same demo: its card stands.
    if (!(error instanceof AppError) || error.code !== 'CARD_ALREADY_ISSUED') throw error;
  }
}
