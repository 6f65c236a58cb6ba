/** Reads a request and answers a constant: no GraphQL server on node:http can cost less. */
import { executor } from './execute.ts';
import { singleSchema } from '../federation.ts';
import { queries } from '../queries.ts';
import { serveRaw } from './raw-server.ts';

const run = executor(singleSchema);
const constants = new Map<string, string>();
for (const { bodies } of queries) {
  for (const body of bodies) constants.set(body, JSON.stringify(await run(body)));
}

serveRaw((body) => {
  JSON.parse(body);
  return constants.get(body) ?? '{"data":{"__typename":"Query"}}';
});
