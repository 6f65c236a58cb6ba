import { isIP, isIPv4 } from 'node:net';
import { ConfigError } from '../../subgraphs/platform/settings/config-error.ts';

/**
 * TRUSTED_PROXIES: addresses and networks in front of the gateway, separated by commas or spaces. Empty believes nobody.
 * A ConfigError for what is neither, and for a network of all addresses: then every client could choose its own address.
 */
export function readProxies(text = ''): readonly string[] {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
  const wrong = entries.find((entry) => !isProxy(entry));
  if (wrong === undefined) return entries;
  throw new ConfigError(
    `TRUSTED_PROXIES has "${wrong}", but must be addresses or networks of proxies, such as 10.0.0.7 or 10.0.0.0/8 or fd00::/8, separated by commas.`,
  );
}

function isProxy(entry: string): boolean {
  const [address = '', length, ...more] = entry.split('/');
  if (isIP(address) === 0 || more.length > 0) return false;
  const bits = isIPv4(address) ? 32 : 128;
  return length === undefined || (/^[1-9]\d{0,2}$/.test(length) && Number(length) <= bits);
}
