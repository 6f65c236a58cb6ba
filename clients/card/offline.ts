const cacheName = 'card';
const page = '/card';

/**
 * Keeps this page on the phone, so that it opens without a connection: the page and every file that it loaded, and what an
 * older build left goes. Without a service worker the page works online only.
 */
export async function keepForOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('/card-worker.js', { scope: page });
    await document.fonts.ready;
    const cache = await caches.open(cacheName);
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
