import { localDate } from '../../../platform/clock.ts';
import type { RuleReference } from '../../../platform/refusals.ts';
import type { CardKind, TicketLineType } from '../lines.ts';
import { referenceTo, ruleStated } from '../rules.ts';
import { cardKindOf, countOf, type Limit, type LimitQuestion } from './question.ts';
import { verdict } from './verdict.ts';

/** Whose ticket each kind of card gives; the other lines come along with it. */
export const ownLine: Readonly<Record<CardKind, TicketLineType>> = {
  PERSONAL: 'HOLDER',
  COMMUNITY: 'COMMUNITY_WORKER',
};

/** No children's places at courses; soft, because a real table shows one such use. Source: domain.md "Cards and holders". */
export const noChildrenAtCourses: Limit = (question) =>
  question.offering.kind !== 'COURSE'
    ? null
    : verdict('NO_CHILDREN_AT_COURSES', 'companion.child_max_age', {
        ...atCourse(question, 'CHILD'),
        reference: stated(question, {
          key: 'companion.child_max_age',
          since: null,
          source: 'Pohjois-Savo invitation 2023',
        }),
      });

/** A community card gives no course place. Source: domain.md "Cards and holders". */
export const noCommunityCardsAtCourses: Limit = (question) =>
  question.offering.kind !== 'COURSE'
    ? null
    : verdict('NO_COMMUNITY_CARDS_AT_COURSES', 'community_card.courses', {
        ...atCourse(question, 'COMMUNITY_WORKER'),
        reference: stated(question, {
          key: 'community_card.courses',
          since: null,
          source: 'Pirkanmaa slides 2024',
        }),
      });

function atCourse({ lines }: LimitQuestion, line: TicketLineType) {
  const wanted = countOf(lines, line);
  const facts = { line, wanted, allowed: 0, reason: 'COURSE' };
  return { passes: wanted === 0, code: 'LINE_NOT_ALLOWED' as const, facts };
}

/** The rule as networks publishes it for this place, else as the document has it. */
function stated({ rules, place, now }: LimitQuestion, reference: RuleReference): RuleReference {
  const rule = ruleStated(rules, reference.key, place, localDate(now));
  return rule ? referenceTo(rule) : reference;
}

/** At most the lines that the card was presented with, and always its own among them. */
export const linesOfCard: Limit = (question) => {
  const { presentation, lines } = question;
  if (!presentation) return null;
  const own = ownLine[cardKindOf(question)];
  const tooMany = lines.find(({ type, count }) => count > (presentation.allowed[type] ?? 0));
  const line = tooMany?.type ?? own;
  const wanted = countOf(lines, line);
  return verdict('LINES_OF_CARD', 'presentation.lines', {
    passes: tooMany === undefined && wanted > 0,
    code: 'LINE_NOT_ALLOWED',
    facts: {
      line,
      wanted: tooMany?.count ?? wanted,
      allowed: presentation.allowed[line] ?? 0,
      reason: tooMany ? 'CARD' : wanted > 0 ? 'CARD' : 'CARD_ITSELF_MISSING',
    },
  });
};

/** Assistants and interpreters come in free and take no place of the cap. Source: domain.md "Cards and holders". */
export const assistantFree: Limit = ({ lines }) =>
  verdict('ASSISTANT_FREE', 'cap.assistants', {
    passes: true,
    code: null,
    facts: { assistants: countOf(lines, 'ASSISTANT'), placesTaken: 0 },
  });
