/** A page that opens without a connection. Its cache has its name. */
export interface KeptPage {
  readonly name: 'card' | 'door';
  /** The page's address. */
  readonly page: string;
}

export const cardPage: KeptPage = { name: 'card', page: '/card' };
export const doorPage: KeptPage = { name: 'door', page: '/door' };

/**
 * Keeps this page on the device, so that it opens without a connection: the page and every file that it loaded, and what an
 * older build left goes. Without a service worker the page works online only.
 */
export async function keepForOffline({ name, page }: KeptPage): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register(`/${name}-worker.js`, { scope: page });
    await document.fonts.ready;
    const cache = await caches.open(name);
    const wanted = [page, ...loadedFiles()];
    await cache.addAll(wanted);
    for (const request of await cache.keys()) {
      if (!wanted.includes(new URL(request.url).pathname)) await cache.delete(request);
    }
  } catch {
    // Without a connection, or in a private window: what is kept already stays.
  }
}

function loadedFiles(): string[] {
  const files = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'))
    .map(({ pathname }) => pathname);
  return [...new Set(files)];
}
