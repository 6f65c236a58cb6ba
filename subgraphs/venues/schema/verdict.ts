import type { Facts } from '../../platform/errors.ts';
import { limitNames, softLimits, type Verdict } from '../domain/limits/index.ts';
import { limitTitles } from '../domain/limits/titles.ts';
import { refusalMessage } from '../domain/messages.ts';
import { overrideReasons } from '../domain/override.ts';
import type { VenuesBuilder } from './builder.ts';

interface Fact {
  readonly name: string;
  readonly value: string;
}

export type VerdictRefs = ReturnType<typeof addVerdict>;

/** What one limit says: in the trace of a refusal and in an explanation the same. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the references' types
export function addVerdict(builder: VenuesBuilder) {
  const fact = builder.objectRef<Fact>('RedemptionFact').implement({
    fields: (t) => ({ name: t.exposeString('name'), value: t.exposeString('value') }),
  });
  const limit = builder.enumType('LimitName', {
    description: 'Every limit, in the order in which a door asks them.',
    values: limitNames,
  });
  const softLimit = builder.enumType('SoftLimit', {
    description: 'The limits that a venue may set aside at the door with a reason.',
    values: softLimits,
  });
  const reason = builder.enumType('OverrideReason', {
    description: 'Why a venue set a soft limit aside: about the house, never about the person.',
    values: overrideReasons,
  });
  const verdict = builder.objectRef<Verdict>('RuleVerdict').implement({
    description: 'What one limit says to one wish.',
    fields: (t) => ({
      limit: t.expose('limit', { type: limit }),
      title: t.field({ type: 'Text', resolve: ({ limit: name }) => limitTitles[name] }),
      rule: t.exposeString('rule', { description: "Key of the document's rule, else the software's own." }),
      passes: t.exposeBoolean('passes', {
        nullable: true,
        description: "Null: whoever asks does not know enough, or may not: a card's uses are its holder's.",
      }),
      closesDoor: t.boolean({
        description: 'False: it explains and refuses nobody.',
        resolve: ({ code }) => code !== null,
      }),
      soft: t.exposeBoolean('soft', { description: 'The venue may set it aside with a reason.' }),
      facts: t.field({
        type: [fact],
        description: 'The value of the rule, and what it was compared with.',
        resolve: ({ facts }) => toFacts(facts),
      }),
      since: t.expose('since', { type: 'Date', nullable: true, description: 'Null: no document says.' }),
      source: t.exposeString('source', {
        nullable: true,
        description: 'The document; null: the venue’s own choice, or how the card works everywhere.',
      }),
      message: t.field({
        type: 'Text',
        nullable: true,
        description: 'The no in plain words; null: it is no no.',
        resolve: ({ passes, code, facts }) =>
          passes === false && code !== null ? refusalMessage(code, facts) : null,
      }),
      nextStep: t.expose('nextStep', { type: 'Text', nullable: true, description: 'What to do next.' }),
    }),
  });
  return { fact, verdict, softLimit, reason };
}

/** Facts as a list of names and texts; what is null is left out. */
export function toFacts(facts: Facts): Fact[] {
  return Object.entries(facts).flatMap(([name, value]) =>
    value === null ? [] : [{ name, value: String(value) }],
  );
}
