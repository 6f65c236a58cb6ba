/**
 * How often a page may load itself again: in between, the new one may be refused too, as when a proxy leads to gateways of two
 * versions in turn, and a page that never stops loading is worse than an old one.
 */
export const onceInMs = 10 * 60_000;

const key = 'old-page-reloaded-at';

/** True once in that time, and remembers it. Where nothing can be remembered, never: a person has to do it. */
export function mayReload(now: number, storage: () => Pick<Storage, 'getItem' | 'setItem'>): boolean {
  try {
    const last = storage().getItem(key);
    // A clock that was put back by hours is no reason to wait for hours.
    if (last !== null && Math.abs(now - Number(last)) < onceInMs) return false;
    storage().setItem(key, String(now));
    return storage().getItem(key) === String(now);
  } catch {
    return false;
  }
}
