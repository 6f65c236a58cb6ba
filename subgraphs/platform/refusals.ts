import type { Facts } from './errors.ts';
import type { LocalDate } from './units.ts';

/** Which rule said no, since when it applies, and the document it comes from. */
export interface RuleReference {
  readonly key: string;
  readonly since: LocalDate | null;
  readonly source: string;
}

/** An expected "no", returned as data: a stable code, the facts, the rule. Rules return it, they never throw it. */
export interface Refusal<Code extends string> {
  readonly kind: 'refusal';
  readonly code: Code;
  readonly facts: Facts;
  readonly rule: RuleReference | null;
}

export function refuse<Code extends string>(
  code: Code,
  facts: Facts = {},
  rule: RuleReference | null = null,
): Refusal<Code> {
  return { kind: 'refusal', code, facts, rule };
}

export function isRefusal(value: unknown): value is Refusal<string> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'refusal';
}
