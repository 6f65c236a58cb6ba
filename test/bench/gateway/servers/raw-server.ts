import { createServer } from 'node:http';

/** What answers one request: the body, and the path it was sent to. */
export type Answer = (body: string, path: string) => string | Promise<string>;

/** The thinnest HTTP server that Node has, on the port from the environment: what is measured is behind it. */
export function serveRaw(answer: Answer): void {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      void (async () => {
        const text = await answer(body, request.url ?? '');
        const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
        response.writeHead(200, headers).end(text);
      })();
    });
  });
  // Connections that wait while another variant is measured stay open.
  server.keepAliveTimeout = 600_000;
  server.listen(Number(process.env['PORT']), '127.0.0.1');
}
