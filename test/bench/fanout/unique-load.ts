/** Sends operations of which each text is new, over kept-alive connections. */
import { Pool } from 'undici';
import { answerParent } from '../support/children.ts';

export interface UniqueOrder {
  readonly url: string;
  readonly operations: number;
}

const connections = 16;
let sent = 0;
let pool: Pool | undefined;

/** As long as a small page's, joined over two subgraphs, with names that never come again. */
function text(number: number): string {
  return (
    `query Op${number}($id: ID!) { first${number}: counter(id: $id) { id cap sold placesLeft } ` +
    `second${number}: counter(id: "c${number % 400}") { ...part${number} } } ` +
    `fragment part${number} on Counter { id sold here${number}: placesLeft }`
  );
}

async function send(connection: Pool): Promise<void> {
  sent += 1;
  const number = sent;
  const { statusCode, body } = await connection.request({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: text(number), variables: { id: 'c1' } }),
  });
  const answer = await body.text();
  if (statusCode !== 200 || !answer.includes(`"here${number}":`) || answer.includes('"errors"')) {
    throw new Error(`Answered with ${statusCode}: ${answer}`);
  }
}

answerParent(async ({ url, operations }: UniqueOrder) => {
  pool ??= new Pool(new URL(url).origin, { connections });
  const connection = pool;
  let left = operations;
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await send(connection);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  return { sent };
});
