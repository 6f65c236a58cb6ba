/** The least that a WebSocket server can do: the frame that our gateway would send, written to every socket by `ws`. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { answerParent } from '../support/children.ts';
import { machineMs } from './counters.ts';
import { figures, type Question } from './figures.ts';

const http = createServer((_, response) => response.end('{}'));
const sockets = new WebSocketServer({
  server: http,
  perMessageDeflate: false,
  handleProtocols: () => 'graphql-transport-ws',
});
const id = randomUUID();
let sold = 0;

const frame = (): Buffer => {
  const counted = {
    id: 'c0',
    cap: 1_000_000,
    sold,
    placesLeft: 1_000_000 - sold,
    at: machineMs().toFixed(3),
  };
  return Buffer.from(JSON.stringify({ id, type: 'next', payload: { data: { counted } } }));
};

sockets.on('connection', (socket) => {
  socket.on('message', (data: Buffer) => {
    const { type } = JSON.parse(String(data)) as { type: string };
    if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
    if (type === 'subscribe') socket.send(frame(), { binary: false });
  });
});
http.listen(Number(process.env['PORT']), '127.0.0.1');

answerParent(async (question: Question) => {
  if (question.do === 'figures') return figures(question.collect);
  sold += 1;
  const bytes = frame();
  for (const socket of sockets.clients) socket.send(bytes, { binary: false });
  return {};
});
