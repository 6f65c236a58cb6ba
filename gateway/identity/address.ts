import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6, type Socket } from 'node:net';

/** Proxies whose `X-Forwarded-For` is believed: addresses or networks such as `10.0.0.0/8`. Throws for what is neither. */
export function proxyList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', length] = entry.split('/', 2);
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (length === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(length), family);
  }
  return list;
}

/**
 * Where a request comes from, as a key to count by. What a trusted proxy says of its client counts, what anybody else says
 * does not. One household or company has a whole /64 of IPv6 addresses, so that is one key.
 */
export function addressOf(request: IncomingMessage, proxies: BlockList): string {
  const { socket, headers } = request;
  const header = headers['x-forwarded-for'];
  if (header === undefined) return ownAddress(socket);
  let address = plain(socket.remoteAddress ?? '');
  const forwarded = String(header).split(',');
  while (forwarded.length > 0 && isTrusted(address, proxies)) {
    const next = plain(forwarded.pop()?.trim() ?? '');
    if (isIP(next) === 0) break;
    address = next;
  }
  return asKey(address);
}

/** The same for every request of a connection, and so worked out once. */
const ownAddresses = new WeakMap<Socket, string>();

function ownAddress(socket: Socket): string {
  const known = ownAddresses.get(socket);
  if (known !== undefined) return known;
  const address = asKey(plain(socket.remoteAddress ?? ''));
  ownAddresses.set(socket, address);
  return address;
}

function asKey(address: string): string {
  return isIPv6(address) ? network64(address) : address;
}

function isTrusted(address: string, proxies: BlockList): boolean {
  const family = isIP(address);
  return family !== 0 && proxies.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** An IPv4 address that is written as an IPv6 one, as an IPv4 address. */
function plain(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

function network64(address: string): string {
  const [head = '', tail] = address.split('::', 2);
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...last];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
