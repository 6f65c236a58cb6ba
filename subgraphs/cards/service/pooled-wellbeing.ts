import { forbidden } from '../../platform/errors.ts';
import type { IsoInstant } from '../../platform/units.ts';
import { scopeKey, type FigureScope } from '../domain/figure.ts';
import { policy } from '../domain/policy.ts';
import { isSmall } from '../domain/suppress.ts';
import { spreadOf, type Spread } from '../domain/wellbeing.ts';
import { releasedAnswers, tallies } from '../store/wellbeing.ts';
import type { WellbeingMeasure } from '../store/tables-figures.ts';
import type { CardsContext } from './context.ts';
import { readId, readYear } from './input.ts';

export interface Asked {
  readonly answered: number | null;
  readonly declined: number | null;
}

export interface WellbeingFigures {
  readonly scope: string;
  readonly year: number;
  readonly asOf: IsoInstant;
  readonly spreads: Readonly<Record<WellbeingMeasure, Spread | null>>;
  readonly askedAtIssue: Asked;
  readonly askedAtRenewal: Asked;
}

/**
 * The pooled answers of a network or the nation in one year. Answers are read only after ten of their network, year and
 * question have come together, and then ten or more become readable at once. So neither two readings of one group nor the
 * nation less its networks ever differ by fewer than ten. Throws BAD_INPUT and FORBIDDEN.
 */
export async function pooledWellbeing(
  { services, viewer }: CardsContext,
  scope: Exclude<FigureScope, { kind: 'ISSUER' }>,
  year: number,
): Promise<WellbeingFigures> {
  const of = scope.kind === 'NETWORK' ? readId('networkId', scope.id) : null;
  readYear(year);
  if (!policy.readWellbeing(viewer, scope)) throw forbidden();
  const db = services.database.reader;
  const [answers, asked] = await Promise.all([releasedAnswers(db, year, of), tallies(db, year, of)]);
  const spread = (measure: WellbeingMeasure): Spread | null =>
    spreadOf(answers.filter((one) => one.measure === measure));
  const at = (occasion: 'ISSUE' | 'RENEWAL'): Asked => {
    const { answered = 0, declined = 0 } = asked.find((tally) => tally.occasion === occasion) ?? {};
    return isSmall([answered, declined]) ? { answered: null, declined: null } : { answered, declined };
  };
  return {
    scope: scopeKey(scope),
    year,
    asOf: services.clock.now().toISOString(),
    spreads: {
      FIRST: spread('FIRST'),
      RENEWAL: spread('RENEWAL'),
      CHANGE: spread('CHANGE'),
      INCREASED: spread('INCREASED'),
    },
    askedAtIssue: at('ISSUE'),
    askedAtRenewal: at('RENEWAL'),
  };
}
