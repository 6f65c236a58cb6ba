import { localDate } from '../../../platform/clock.ts';
import { referenceTo, ruleStated } from '../rules.ts';
import { cardKindOf, type Limit, type LimitQuestion, type Seen } from './question.ts';
import { verdict } from './verdict.ts';

/** A personal card has one valid redemption per performance. A community card comes as often as it likes. */
export const oncePerPerformance: Limit = (question) => {
  if (cardKindOf(question) === 'COMMUNITY') return null;
  const { seen, performance } = question;
  return verdict('ONCE_PER_PERFORMANCE', 'redeem.once_per_performance', {
    ...found(
      question,
      seen?.find(({ performanceId }) => performanceId === performance.id),
    ),
    code: 'ALREADY_SEEN',
  });
};

/** The same show is not seen many times, where the venue says so. Source: policy_rules.csv limit.once_per_performance. */
export const oncePerProduction: Limit = (question) => {
  if (cardKindOf(question) === 'COMMUNITY' || !question.offering.oncePerProduction) return null;
  const { seen, rules, place, now } = question;
  const rule = ruleStated(rules, 'limit.once_per_performance', place, localDate(now));
  return verdict('ONCE_PER_PRODUCTION', 'limit.once_per_performance', {
    ...found(question, seen?.[0]),
    code: 'ALREADY_SEEN',
    reference: rule && referenceTo(rule),
  });
};

function found({ seen, offering }: LimitQuestion, earlier: Seen | undefined) {
  const { oncePerProduction: once } = offering;
  return {
    passes: seen ? earlier === undefined : null,
    facts: {
      ...(earlier ? { performanceId: earlier.performanceId, recordedAt: earlier.recordedAt } : {}),
      oncePerProduction: once,
    },
  };
}
