import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';
import { Mailbox, SubscriptionRefused } from '../../gateway/websocket/mailbox.ts';

function slowClient() {
  const frames: string[] = [];
  const unsent: (() => void)[] = [];
  let left = 0;
  const mailbox = new Mailbox(
    'x',
    (frame, sent) => {
      frames.push(frame);
      unsent.push(() => sent());
    },
    () => () => {
      left += 1;
    },
  );
  return { mailbox, frames, drain: () => unsent.shift()?.(), left: () => left };
}

describe('a mailbox', () => {
  test('keeps one frame on its way and only the newest waiting, however slow the client is', () => {
    const { mailbox, frames, drain } = slowClient();
    for (let n = 0; n < 10_000; n += 1) mailbox.deliver(String(n));
    expect(frames).toEqual(['{"id":"x","type":"next","payload":0}']);
    drain();
    expect(frames.at(-1)).toBe('{"id":"x","type":"next","payload":9999}');
    drain();
    expect(frames).toHaveLength(2);
  });

  test('sends nothing after the client has left, and leaves its feed once', async () => {
    const { mailbox, frames, drain, left } = slowClient();
    const over = mailbox.next();
    mailbox.deliver('1');
    mailbox.deliver('2');
    await mailbox.return();
    await mailbox.return();
    drain();
    mailbox.deliver('3');
    expect(frames).toHaveLength(1);
    expect(left()).toBe(1);
    expect(await over).toEqual({ done: true, value: undefined });
  });

  test('does not join its feed when the client left before graphql-ws began to read', async () => {
    const { mailbox, left } = slowClient();
    await mailbox.return();
    expect(await mailbox.next()).toEqual({ done: true, value: undefined });
    expect(left()).toBe(0);
  });

  test('ends with every error of a refusal', async () => {
    const { mailbox } = slowClient();
    const over = mailbox.next();
    mailbox.end([new GraphQLError('one'), new GraphQLError('two')]);
    const refusal = await over.catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(SubscriptionRefused);
    expect((refusal as SubscriptionRefused).errors).toHaveLength(2);
  });
});
