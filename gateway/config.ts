import type { SubgraphName } from '../subgraphs/platform/names.ts';
import { ConfigError } from '../subgraphs/platform/settings/config-error.ts';
import {
  oneOf,
  readProcessConfig,
  reader,
  type Environment,
  type ProcessConfig,
} from '../subgraphs/platform/settings/process.ts';
import { requireKeys } from '../subgraphs/platform/settings/signing-keys.ts';
import { readMailSettings, type MailSettings } from '../subgraphs/cards/mail/settings.ts';
import { readSealingKeys } from '../subgraphs/sealing.ts';
import { readProxies } from './identity/settings.ts';
import { metricsModes, type MetricsMode } from './observability/settings.ts';
import { readTracesUrl } from './observability/tracing-settings.ts';
import { readRemotes, urlVariable, type Remotes } from './transports/settings.ts';
import { readPlaces } from './trusted/settings.ts';

export interface Config extends ProcessConfig {
  /** Subgraphs in other processes. */
  readonly remotes: Remotes;
  /** Who may read /metrics. */
  readonly metrics: MetricsMode;
  /** Where traces are sent; undefined: nowhere. */
  readonly tracesUrl: string | undefined;
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. */
  readonly proxies: readonly string[];
  /** Files and folders with the trusted documents of earlier builds. */
  readonly earlierDocuments: readonly string[];
  /** Master keys of what cards seal at rest; undefined only in production, where cards then do not start. */
  readonly sealingKeys: readonly [Buffer] | readonly [Buffer, Buffer] | undefined;
  /** How cards send letters; undefined: they wait. */
  readonly mail: MailSettings | undefined;
}

export { ConfigError };

export function readConfig(environment: Environment): Config {
  const read = reader(environment);
  const common = readProcessConfig(read);
  const { production, signingKeys } = common;
  const remotes = readRemotes(read);
  const [remote] = Object.keys(remotes) as SubgraphName[];
  if (remote !== undefined) requireKeys(signingKeys, `${urlVariable(remote)} is set`);
  return {
    ...common,
    remotes,
    metrics: oneOf<MetricsMode>(read, 'METRICS', metricsModes, production ? 'local' : 'on'),
    tracesUrl: readTracesUrl(read),
    sealingKeys: readSealingKeys(read('CARDS_SECRET'), production),
    mail: readMailSettings(read),
    proxies: readProxies(read('TRUSTED_PROXIES')),
    earlierDocuments: readPlaces(read('TRUSTED_DOCUMENTS')),
  };
}
