import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { GraphQLError } from 'graphql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { textFrame } from '../../gateway/websocket/frame.ts';
import { Mailbox, SubscriptionRefused, type MailboxLine } from '../../gateway/websocket/mailbox.ts';

function slowClient(everyEvent = false) {
  const frames: string[] = [];
  const unsent: (() => void)[] = [];
  const counted = { left: 0, dropped: 0 };
  const line: MailboxLine = {
    mailboxes: new Set(),
    send(head, payload, sent) {
      frames.push(`${String(head)}${String(payload)}}`);
      unsent.push(() => sent());
    },
  };
  const mailbox = new Mailbox('x', line, {
    join: () => ({ leave: () => void (counted.left += 1) }),
    everyEvent,
    dropped: () => void (counted.dropped += 1),
  });
  const deliver = (value: unknown): void => mailbox.deliver(Buffer.from(JSON.stringify(value)));
  return { mailbox, deliver, frames, drain: () => unsent.shift()?.(), counted };
}

const refusalOf = async (over: Promise<unknown>): Promise<SubscriptionRefused> => {
  const refusal = await over.catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(SubscriptionRefused);
  return refusal as SubscriptionRefused;
};

describe('a mailbox', () => {
  test('keeps one frame on its way and only the newest waiting, however slow the client is', () => {
    const { deliver, frames, drain, counted } = slowClient();
    for (let n = 0; n < 10_000; n += 1) deliver(n);
    expect(frames).toEqual(['{"id":"x","type":"next","payload":0}']);
    drain();
    expect(frames.at(-1)).toBe('{"id":"x","type":"next","payload":9999}');
    drain();
    expect(frames).toHaveLength(2);
    expect(counted.dropped).toBe(9_998);
  });

  test('puts the id of the operation before the shared text, whatever letters both have', () => {
    const frames: Buffer[] = [];
    const line: MailboxLine = {
      mailboxes: new Set(),
      send: (head, payload) => void frames.push(textFrame(head, payload)),
    };
    const mailbox = new Mailbox('ä"1', line, { join: () => ({ leave() {} }) });
    mailbox.deliver(Buffer.from('{"data":{"name":"Hämeenlinna 🎭"}}'));
    expect(JSON.parse(String(frames[0]?.subarray(2)))).toEqual({
      id: 'ä"1',
      type: 'next',
      payload: { data: { name: 'Hämeenlinna 🎭' } },
    });
  });

  test('sends nothing after the client has left, and leaves its feed once', async () => {
    const { mailbox, deliver, frames, drain, counted } = slowClient();
    const over = mailbox.next();
    deliver(1);
    deliver(2);
    await mailbox.return();
    await mailbox.return();
    drain();
    deliver(3);
    expect(frames).toHaveLength(1);
    expect(counted.left).toBe(1);
    expect(await over).toEqual({ done: true, value: undefined });
  });

  test('does not join its feed when the client left before graphql-ws began to read', async () => {
    const { mailbox, counted } = slowClient();
    await mailbox.return();
    expect(await mailbox.next()).toEqual({ done: true, value: undefined });
    expect(counted.left).toBe(0);
  });

  test('ends with every error of a refusal', async () => {
    const { mailbox } = slowClient();
    const over = mailbox.next();
    mailbox.end([new GraphQLError('one'), new GraphQLError('two')]);
    expect((await refusalOf(over)).errors).toHaveLength(2);
  });
});

describe('a mailbox in which every event counts', () => {
  test('delivers all of them in order', () => {
    const { deliver, frames, drain, counted } = slowClient(true);
    const values = Array.from({ length: 101 }, (_, n) => n);
    for (const n of values) deliver(n);
    for (const _ of values) drain();
    expect(frames).toEqual(values.map((n) => `{"id":"x","type":"next","payload":${n}}`));
    expect(counted.dropped).toBe(0);
  });

  test('ends with SUBSCRIPTION_OVERFLOW when 100 wait and one more comes', async () => {
    const { mailbox, deliver, frames, drain, counted } = slowClient(true);
    const over = mailbox.next();
    for (let n = 0; n < 102; n += 1) deliver(n);
    expect((await refusalOf(over)).errors[0]?.extensions['code']).toBe('SUBSCRIPTION_OVERFLOW');
    drain();
    expect(frames).toHaveLength(1);
    expect(counted.left).toBe(1);
  });
});

test.each([1, 125, 126, 65_535, 65_536, 200_000])(
  'a frame of %i bytes of text is read by ws',
  async (bytes) => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
    onTestFinished(() => server.close());
    await once(server, 'listening');
    const head = Buffer.from('{'.slice(0, bytes - 1));
    const payload = Buffer.alloc(bytes - 1 - head.length, 'x');
    server.on('connection', (_socket, request) => request.socket.write(textFrame(head, payload)));
    const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    onTestFinished(() => client.terminate());
    const [data, isBinary] = (await once(client, 'message')) as [Buffer, boolean];
    expect(isBinary).toBe(false);
    expect(String(data)).toBe(`${String(head)}${String(payload)}}`);
    expect(data).toHaveLength(bytes);
  },
);
