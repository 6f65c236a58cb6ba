import { mkdirSync } from 'node:fs';
import { subgraphKinds } from './all.ts';
import { noMailWarning, readMailSettings } from './cards/mail/settings.ts';
import { developmentSecret } from './cards/service/secrets.ts';
import { systemClock } from './platform/clock.ts';
import { localLive, postgresLive } from './platform/live/index.ts';
import { createLogger } from './platform/logger.ts';
import { subgraphNames, type SubgraphName } from './platform/names.ts';
import { developmentKeys, developmentKeyWarning } from './platform/server/keys.ts';
import { serveSubgraph } from './platform/server/server.ts';
import { ConfigError } from './platform/settings/config-error.ts';
import { databaseLocation } from './platform/settings/location.ts';
import { readProcessConfig, reader, type Read } from './platform/settings/process.ts';
import { requireKeys } from './platform/settings/signing-keys.ts';
import { developmentSecretWarning, readSealingKeys, requireSealingKeys } from './sealing.ts';
import { waitForSeeds } from './seeds.ts';

// `npm run subgraph -- venues`: one subgraph in a process of its own, for gateways that sign what they ask.

/** Starts it, and stops it when the system asks: gateways are told, what is running is finished. */
async function run(name: SubgraphName, read: Read): Promise<void> {
  const config = readProcessConfig(read);
  const keys = requireKeys(config.signingKeys, 'A subgraph answers signed requests only');
  const logger = createLogger(config.logLevel);
  if (keys === developmentKeys) logger.warn(developmentKeyWarning);
  const secrets =
    name === 'cards'
      ? {
          sealingKeys: requireSealingKeys(readSealingKeys(read('CARDS_SECRET'), config.production)),
          mail: readMailSettings(read),
        }
      : {};
  if (secrets.sealingKeys === developmentSecret) logger.warn(developmentSecretWarning);
  if (name === 'cards' && !secrets.mail) logger.info(noMailWarning);
  const location = databaseLocation(config);
  if (location.engine === 'sqlite') mkdirSync(location.directory, { recursive: true });

  const stopping = new AbortController();
  const stop = (): void => {
    // A second signal then ends the process at once, as usual.
    process.off('SIGINT', stop).off('SIGTERM', stop);
    stopping.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve(), { once: true });
  });

  const clock = systemClock;
  const live =
    location.engine === 'postgres' ? await postgresLive({ url: location.url, logger }) : localLive();
  // What is open, to be closed in the opposite order: also when a later step of the start fails.
  const opened: { close(): Promise<void> }[] = [live];
  try {
    const options = { location, live, clock, logger, demo: config.demoSeason, ...secrets };
    const subgraph = await subgraphKinds[name].open(options);
    opened.push(subgraph);
    let ready = false;
    const { host, port } = config;
    const server = await serveSubgraph({ subgraph, keys, clock, logger, host, port, isReady: () => ready });
    opened.push(server);

    subgraph.start();
    await waitForSeeds(name, options, stopping.signal);
    if (stopping.signal.aborted) return;
    await subgraph.load();
    await Promise.race([subgraph.caughtUp(), stopped]);
    ready = true;
    process.stdout.write(`The subgraph ${name} is running at ${server.url}.\n`);
    await stopped;
  } finally {
    for (const part of opened.toReversed()) await part.close();
  }
}

/** Why it did not start: one sentence where we know what is wrong, else everything. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof Error && 'code' in error) {
    if (error.code === 'EADDRINUSE') return 'The port is taken. Set PORT to another.';
    if (error.code === 'EACCES') return `This is not allowed: ${error.message}.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function readName(text = ''): SubgraphName {
  const name = subgraphNames.find((one) => one === text);
  if (name) return name;
  throw new ConfigError(
    `Say which subgraph to run, one of ${subgraphNames.join(', ')}: npm run subgraph -- venues.`,
  );
}

try {
  const name = readName(process.argv[2]);
  const port = String(subgraphKinds[name].port);
  await run(name, reader({ ...process.env, PORT: process.env['PORT']?.trim() || port }));
} catch (error) {
  process.stderr.write(`The subgraph did not start. ${explain(error)}\n`);
  process.exitCode = 1;
}
