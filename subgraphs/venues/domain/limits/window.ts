import { addDays, localDate, localDateTime } from '../../../platform/clock.ts';
import { referenceTo, ruleInForce } from '../rules.ts';
import { redemptionWindows, type RedemptionWindow } from '../words.ts';
import type { Limit } from './question.ts';
import { verdict } from './verdict.ts';

/** A cancelled performance admits nobody. */
export const performanceCancelled: Limit = ({ performance }) =>
  verdict('PERFORMANCE_CANCELLED', 'performance.cancelled', {
    passes: performance.status !== 'CANCELLED',
    code: 'PERFORMANCE_CANCELLED',
    facts: { performanceId: performance.id, startsAt: performance.startsAt },
  });

/** A ticket is redeemed until the performance ends; one that runs past midnight stays open to its end. */
export const performanceOver: Limit = ({ performance: { startsAt, endsAt }, now }) =>
  verdict('PERFORMANCE_OVER', 'performance.over', {
    passes: now < endsAt,
    code: 'OUTSIDE_WINDOW',
    facts: { opensAt: null, closedAt: endsAt, startsAt },
  });

/**
 * From when a ticket may be redeemed: any time, only on the local day of the performance, or from so many days before it.
 * The venue's choice for the performance goes before the rule. Source: policy_rules.csv redeem.window (Kuopion kaupunginteatteri, 2025).
 */
export const redemptionWindow: Limit = ({ performance, rules, place, now }) => {
  const today = localDate(now);
  const rule = ruleInForce(rules, 'redeem.window', place, today);
  const ruled = rule ? readWindow(rule.value) : null;
  const own = performance.redemptionWindow;
  const window = own ? { kind: own, days: performance.windowDays ?? 0 } : ruled;
  if (!window || window.kind === 'ANY_TIME') return null;
  const { startsAt } = performance;
  const days = window.kind === 'DAYS_BEFORE' ? window.days : 0;
  const opensOn = addDays(localDate(startsAt), -days);
  const isRuled = ruled?.kind === window.kind && (window.kind !== 'DAYS_BEFORE' || ruled.days === days);
  return verdict('REDEMPTION_WINDOW', 'redeem.window', {
    passes: today >= opensOn,
    code: 'OUTSIDE_WINDOW',
    facts: {
      opensAt: localDateTime(opensOn, '00:00'),
      closedAt: null,
      startsAt,
      window: window.kind,
      ...(window.kind === 'DAYS_BEFORE' ? { days } : {}),
    },
    reference: rule && isRuled ? referenceTo(rule) : null,
  });
};

/** `SAME_DAY`, `ANY_TIME`, or `DAYS_BEFORE:7`; null: a statement that no machine may act on. */
export function readWindow(value: string | null): { kind: RedemptionWindow; days: number } | null {
  const [, word, digits] = /^([A-Z_]+)(?::(\d{1,3}))?$/.exec(value ?? '') ?? [];
  const kind = redemptionWindows.find((window) => window === word);
  if (!kind || (kind === 'DAYS_BEFORE') !== (digits !== undefined)) return null;
  return { kind, days: Number(digits ?? 0) };
}
