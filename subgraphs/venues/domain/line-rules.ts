import { localDate } from '../../platform/clock.ts';
import { refuse, type Refusal, type RuleReference } from '../../platform/refusals.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Offering } from './catalogue.ts';
import type { CardKind, TicketLine, TicketLineType } from './lines.ts';
import type { Presentation } from './presentation.ts';
import { referenceTo, ruleStated, type Place, type Rule } from './rules.ts';

/** Whose ticket each kind of card gives; the other lines come along with it. */
const ownLine: Readonly<Record<CardKind, TicketLineType>> = {
  PERSONAL: 'HOLDER',
  COMMUNITY: 'COMMUNITY_WORKER',
};

/**
 * The lines that no course gives, and the rule that says so with the document that states it.
 * Source: domain.md "Cards and holders".
 */
const notAtCourses: Readonly<Partial<Record<TicketLineType, RuleReference>>> = {
  CHILD: { key: 'companion.child_max_age', since: null, source: 'Pohjois-Savo invitation 2023' },
  COMMUNITY_WORKER: { key: 'community_card.courses', since: null, source: 'Pirkanmaa slides 2024' },
};

interface Circumstances {
  readonly rules: readonly Rule[];
  readonly place: Place;
  readonly now: IsoInstant;
}

/** Refuses LINE_NOT_ALLOWED with the line, how many were wanted and how many are allowed; null: all of them may come. */
export function checkLines(
  presentation: Presentation,
  offering: Offering,
  lines: readonly TicketLine[],
  circumstances: Circumstances,
): Refusal<'LINE_NOT_ALLOWED'> | null {
  for (const { type, count } of lines) {
    const rule = offering.kind === 'COURSE' ? notAtCourses[type] : undefined;
    if (rule && count > 0) return notAllowed(type, count, 0, 'COURSE', newestOf(rule, circumstances));
    const allowed = presentation.allowed[type] ?? 0;
    if (count > allowed) return notAllowed(type, count, allowed, 'CARD', null);
  }
  const own = ownLine[presentation.cardKind];
  const isThere = lines.some(({ type, count }) => type === own && count > 0);
  return isThere ? null : notAllowed(own, 0, presentation.allowed[own] ?? 0, 'CARD_ITSELF_MISSING', null);
}

function notAllowed(
  line: TicketLineType,
  wanted: number,
  allowed: number,
  reason: 'COURSE' | 'CARD' | 'CARD_ITSELF_MISSING',
  rule: RuleReference | null,
): Refusal<'LINE_NOT_ALLOWED'> {
  return refuse('LINE_NOT_ALLOWED', { line, wanted, allowed, reason }, rule);
}

/** The rule as networks publishes it for this place, else as the document has it. */
function newestOf(reference: RuleReference, { rules, place, now }: Circumstances): RuleReference {
  const rule = ruleStated(rules, reference.key, place, localDate(now));
  return rule ? referenceTo(rule) : reference;
}
