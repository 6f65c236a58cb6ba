/** The three subgraphs over HTTP, each at its name: one process for every gateway that is measured. */
import { executor } from './execute.ts';
import { subgraphs } from '../federation.ts';
import { serveRaw } from './raw-server.ts';

const runs = new Map(subgraphs.map(({ name, schema }) => [`/${name}`, executor(schema)]));

serveRaw(async (body, path) => {
  const run = runs.get(path);
  if (!run) return JSON.stringify({ errors: [{ message: `No subgraph is at ${path}.` }] });
  return JSON.stringify(await run(body));
});
