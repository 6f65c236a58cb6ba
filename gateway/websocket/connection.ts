import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Viewer } from '../../subgraphs/platform/viewer.ts';
import { closeCode } from './close.ts';
import { Expiry } from './expiry.ts';
import { textFrame } from './frame.ts';
import type { Mailbox, MailboxLine, Sent } from './mailbox.ts';

/** What the upgrade request said. */
export interface Opening {
  /** About who asks. */
  readonly claimed: unknown;
  /** Where it comes from, as a key to count by. */
  readonly address: string;
  /** The trace that the upgrade belonged to. */
  readonly traceparent: string | undefined;
}

/** What belongs to one socket. There are thousands: the request and its headers are not kept. */
export class Connection implements MailboxLine, Opening {
  readonly claimed: unknown;
  readonly address: string;
  readonly traceparent: string | undefined;
  readonly mailboxes = new Set<Mailbox>();
  viewer: Viewer | undefined;
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  #expiry: Expiry | undefined;

  constructor(socket: WebSocket, stream: Duplex, { claimed, address, traceparent }: Opening) {
    this.#socket = socket;
    this.#stream = stream;
    this.claimed = claimed;
    this.address = address;
    this.traceparent = traceparent;
  }

  /**
   * Past `ws`, which would write the head of the frame by itself. It writes whole frames too, and nothing is compressed, so
   * the frames of both follow one another.
   */
  send(head: Buffer, payload: Buffer, sent: Sent): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#stream.write(textFrame(head, payload), sent);
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  /** Closes it with 4403 at the earliest of these moments, in milliseconds since 1970. */
  expireAt(moment: number): void {
    this.#expiry ??= new Expiry(() =>
      this.close(closeCode.forbidden, 'EXPIRED: Connect again with a new login.'),
    );
    this.#expiry.at(moment);
  }

  /** The socket is gone: nothing may stay in a feed without one, whatever the protocol still knows of. */
  release(): void {
    for (const mailbox of this.mailboxes) void mailbox.return();
    this.#expiry?.stop();
  }
}
