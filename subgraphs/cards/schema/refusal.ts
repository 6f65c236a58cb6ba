import { isRefusal, type Refusal, type RuleReference } from '../../platform/refusals.ts';
import type { Facts } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';
import type { CardsBuilder } from './builder.ts';

interface Fact {
  readonly name: string;
  readonly value: string;
}

/** What the refusals of all use cases have in common: made once per schema. */
// oxlint-disable-next-line typescript/explicit-function-return-type -- Pothos infers the references' types
function addParts(builder: CardsBuilder) {
  const fact = builder.objectRef<Fact>('CardFact').implement({
    fields: (t) => ({ name: t.exposeString('name'), value: t.exposeString('value') }),
  });
  const rule = builder.objectRef<RuleReference>('CardRule').implement({
    description: 'The rule behind an answer, and the document that states it.',
    fields: (t) => ({
      key: t.exposeString('key'),
      since: t.expose('since', {
        type: 'Date',
        nullable: true,
        description: 'Null: the document does not say.',
      }),
      source: t.exposeString('source'),
    }),
  });
  return { fact, rule };
}

const parts = new WeakMap<CardsBuilder, ReturnType<typeof addParts>>();

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the references' types
export function refusalParts(builder: CardsBuilder) {
  const found = parts.get(builder) ?? addParts(builder);
  parts.set(builder, found);
  return found;
}

export interface RefusalOptions<Code extends string> {
  readonly codes: readonly [Code, ...Code[]];
  /** The refusal in plain words, from `domain/messages…`. */
  readonly message: (code: Code, facts: Facts) => Text;
  readonly description?: string;
}

/**
 * The refusal of one use case: `<name>Refusal { code message facts rule }` with its enum `<name>RefusalCode`.
 * `refusalType(builder, 'RenewCard', { codes: renewRefusalCodes, message: registerMessage })`
 */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- Pothos infers the reference's type
export function refusalType<Code extends string>(
  builder: CardsBuilder,
  name: string,
  { codes, message, description }: RefusalOptions<Code>,
) {
  const { fact, rule } = refusalParts(builder);
  const code = builder.enumType(`${name}RefusalCode`, { values: codes });
  return builder.objectRef<Refusal<Code>>(`${name}Refusal`).implement({
    description: description ?? 'An expected no, with its reason and what to do.',
    fields: (t) => ({
      code: t.field({ type: code, resolve: (refused) => refused.code as never }),
      message: t.field({ type: 'Text', resolve: (refused) => message(refused.code, refused.facts) }),
      facts: t.field({
        type: [fact],
        description: 'The numbers, days and words behind it.',
        resolve: ({ facts }) =>
          Object.entries(facts).flatMap(([fieldName, value]) =>
            value === null ? [] : [{ name: fieldName, value: String(value) }],
          ),
      }),
      rule: t.field({ type: rule, nullable: true, resolve: (refused) => refused.rule }),
    }),
  });
}

/** For the union of a success and a refusal: `resolveType: resultType('IssuedCard', 'IssueCardRefusal')`. */
export function resultType(success: string, refusal: string): (value: unknown) => string {
  return (value) => (isRefusal(value) ? refusal : success);
}
