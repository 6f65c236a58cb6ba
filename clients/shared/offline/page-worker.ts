import type { KeptPage } from './keep-page.ts';

/** What this script uses of a service worker's scope: the types of pages and of workers cannot be had together. */
interface Extendable {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchAsked extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchAsked) => void): void;
}

/** What a service worker of one page does: the page from the net while there is one, from the device when there is none. */
export function serveKept({ name: cacheName, page }: KeptPage): void {
  const scope = globalThis as unknown as Scope;
  scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()));
  scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));

  scope.addEventListener('fetch', (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== 'GET' || origin !== scope.location.origin) return;
    if (request.mode === 'navigate' && pathname === page) event.respondWith(pageOf(request));
    // Their names change with what is in them.
    else if (pathname.startsWith('/assets/')) event.respondWith(fileOf(request));
  });

  const pageOf = async (request: Request): Promise<Response> => {
    try {
      return await fetch(request);
    } catch (error) {
      const kept = await caches.match(page, { cacheName });
      if (kept) return kept;
      throw error;
    }
  };
  const fileOf = async (request: Request): Promise<Response> =>
    (await caches.match(request, { cacheName, ignoreVary: true })) ?? fetch(request);
}
