// oxlint-disable-next-line import/no-unassigned-import -- first of all, and it has nothing to give
import './telemetry-off.ts';
import { createLogger } from '../subgraphs/platform/logger.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { startProduct } from './product.ts';
import { summary } from './summary.ts';

/** Starts the product, and stops it when the system asks: subscribers are told, what is running is finished. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  const product = await startProduct({ config, logger });
  const stop = (): void => {
    // A second signal then ends the process at once, as usual.
    process.off('SIGINT', stop).off('SIGTERM', stop);
    product.close().catch((error: unknown) => {
      logger.error({ err: error }, 'the product did not stop cleanly');
      process.exitCode = 1;
    });
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  process.stdout.write(await summary(product.gateway.url, config));
}

/** Why it did not start: one sentence where we know what is wrong, else everything. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof Error && 'code' in error) {
    if (error.code === 'EADDRINUSE') return `The port is taken: ${settings().port}. Set PORT to another.`;
    if (error.code === 'EACCES') return `This is not allowed: ${error.message}.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function settings(): Config {
  return readConfig(process.env);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`The culture card did not start. ${explain(error)}\n`);
  process.exitCode = 1;
}
