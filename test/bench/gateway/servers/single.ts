/** The same data as one schema without federation, on node:http and graphql-js. */
import { executor } from './execute.ts';
import { singleSchema } from '../federation.ts';
import { serveRaw } from './raw-server.ts';

const run = executor(singleSchema);
serveRaw(async (body) => JSON.stringify(await run(body)));
