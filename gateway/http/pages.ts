import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { pagePolicy } from './headers.ts';

/** The pages, by address. `/display/:venue` is one page for all: it reads its last part from its own address. */
const pages = { '/': 'home', '/door': 'door', '/card': 'card', '/display/:venue': 'display' } as const;

/** Service workers, which must have an address that stays: a page with one opens without a connection. */
const workers = {
  '/card-worker.js': 'card/worker.js',
  '/door-worker.js': 'door/worker.js',
} as const;

const notBuilt =
  'This page has not been built yet.\nRun "npm run build" in the folder of the program and load it again.\n';

/** Serves the built clients from this folder: pages anew every time, the files with a hash in their names for a year. */
export async function servePages(app: FastifyInstance, folder: string): Promise<void> {
  const assets = path.join(folder, 'assets');
  if (existsSync(assets)) {
    await app.register(fastifyStatic, {
      root: assets,
      prefix: '/assets/',
      index: false,
      maxAge: '365d',
      immutable: true,
    });
  }
  serveWorkers(app, folder);
  for (const [address, page] of Object.entries(pages)) {
    app.get(address, async (request, reply) => {
      void reply.header('cache-control', 'no-cache');
      const html = await readPage(path.join(folder, page, 'index.html'));
      if (html === undefined) return reply.code(503).type('text/plain; charset=utf-8').send(notBuilt);
      void reply.headers({
        'content-security-policy': pagePolicy(request),
        'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
      });
      return reply.type('text/html; charset=utf-8').send(html);
    });
  }
}

/** A worker may talk to this server as its page does; what it fetches is held against its own policy. */
function serveWorkers(app: FastifyInstance, folder: string): void {
  for (const [address, file] of Object.entries(workers)) {
    app.get(address, async (request, reply) => {
      const script = await readPage(path.join(folder, file));
      if (script === undefined) return reply.code(503).type('text/plain; charset=utf-8').send(notBuilt);
      void reply.headers({ 'cache-control': 'no-cache', 'content-security-policy': pagePolicy(request) });
      return reply.type('text/javascript; charset=utf-8').send(script);
    });
  }
}

async function readPage(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}
