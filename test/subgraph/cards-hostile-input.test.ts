import { execute, parse, type ExecutionResult, type GraphQLObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { engines } from '../support/databases.ts';
import { kuopio, openTestCards, type TestCards } from './card-support.ts';
import { broken, mutations, queries, spoiled, type Question } from './cards-hostile-support.ts';
import { staff } from './cards-register-support.ts';

/** Asks one field of the schema with exactly these variables; of the answer only that there is one is read. */
function asker(
  { subgraph }: TestCards,
  type: GraphQLObjectType,
  name: string,
): (question: Question) => Promise<ExecutionResult> {
  const field = type.getFields()[name];
  if (!field) throw new Error(`The schema has no ${name}.`);
  const given = field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const [head, call] = field.args.length > 0 ? [`(${given})`, `(${passed})`] : ['', ''];
  const kind = type.name === 'Mutation' ? 'mutation' : 'query';
  const document = parse(`${kind} ${head} { said: ${name}${call} { __typename } }`);
  return async ({ viewer, variables }) =>
    execute({
      schema: subgraph.schema,
      document,
      variableValues: variables,
      contextValue: subgraph.context(viewer, 'test'),
    });
}

/** Every spoiled question to these fields, and which of them broke something. */
async function spoilAll(
  cards: TestCards,
  type: GraphQLObjectType,
  questions: Record<string, Question>,
): Promise<{ readonly asked: number; readonly failures: string[] }> {
  const failures: string[] = [];
  let asked = 0;
  for (const [name, { viewer, variables }] of Object.entries(questions)) {
    const ask = asker(cards, type, name);
    for (const bad of spoiled(variables)) {
      if (typeof bad !== 'object' || bad === null || Array.isArray(bad)) continue;
      asked += 1;
      const messages = broken(await ask({ viewer, variables: bad as Record<string, unknown> }));
      for (const message of messages)
        failures.push(`${name} ${JSON.stringify(bad).slice(0, 300)}: ${message.slice(0, 200)}`);
      // A door that is locked, or a key that was used, would hide what lies behind.
      await cards.services.database.write(async (trx) => {
        await trx.deleteFrom('attempt').execute();
        await trx.deleteFrom('card_request').execute();
      });
    }
  }
  return { asked, failures };
}

describe.each(engines)('whatever is sent, on $name', ({ location }) => {
  test('no value in any place of any mutation breaks something: each is answered or refused with a code', async () => {
    await using cards = await openTestCards(await location());
    const type = cards.subgraph.schema.getMutationType()!;
    const questions = await mutations(cards);
    expect(Object.keys(questions).toSorted()).toEqual(Object.keys(type.getFields()).toSorted());
    const { asked, failures } = await spoilAll(cards, type, questions);
    expect(failures).toEqual([]);
    expect(asked).toBeGreaterThan(2_000);
  }, 120_000);

  test('nor in any query', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    const type = cards.subgraph.schema.getQueryType()!;
    const questions = queries(card.id);
    const named = Object.keys(type.getFields()).filter((name) => !name.startsWith('_'));
    expect(Object.keys(questions).toSorted()).toEqual(named.toSorted());
    const { failures } = await spoilAll(cards, type, questions);
    expect(failures).toEqual([]);
  }, 120_000);

  test('nor in what the gateway asks of an entity, whose name it always knows', async () => {
    await using cards = await openTestCards(await location());
    const { card } = await cards.issue();
    const document =
      parse(`query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Card { status account { state } usesThisYear periods { event } changes { kind } dataExport { json } }
      ... on Partner { cardsIssued(year: 2026) } } }`);
    const { subgraph } = cards;
    const ask = async (variableValues: Record<string, unknown>): Promise<ExecutionResult> =>
      execute({
        schema: subgraph.schema,
        document,
        variableValues,
        contextValue: subgraph.context(staff, 'test'),
      });
    const right = { Card: { id: card.id, useHistory: '{}' }, Partner: { id: kuopio.partnerId } };
    const failures: string[] = [];
    for (const [__typename, fields] of Object.entries(right)) {
      for (const bad of spoiled(fields)) {
        if (typeof bad !== 'object' || bad === null || Array.isArray(bad)) continue;
        const representations = [{ ...bad, __typename }];
        failures.push(...broken(await ask({ representations })));
      }
    }
    expect(failures).toEqual([]);
  });

  test('right questions are answered: what is spoiled above is spoiled from there', async () => {
    await using cards = await openTestCards(await location());
    const { schema } = cards.subgraph;
    const asked = await mutations(cards);
    for (const [name, question] of Object.entries(asked)) {
      const { errors } = await asker(cards, schema.getMutationType()!, name)(question);
      expect([name, errors]).toEqual([name, undefined]);
    }
    const { card } = await cards.issue();
    for (const [name, question] of Object.entries(queries(card.id))) {
      const { errors } = await asker(cards, schema.getQueryType()!, name)(question);
      expect([name, errors]).toEqual([name, undefined]);
    }
  });
});
