import { repeat, type Repeated } from '../../platform/repeated.ts';
import { confirmLink, writeLetter } from '../domain/letters.ts';
import type { MailTransport } from '../mail/transport.ts';
import { putBackMail, takeOutgoingMail } from './mail.ts';
import type { CardsServices } from './services.ts';

const everyMs = 2_000;
/** Letters of one turn: a queue that was left for a day goes out over some minutes, and nobody's mail server is flooded. */
const mostPerTurn = 50;
/** A letter that its receiver's server does not take now is offered again after this time. */
const againMs = 60_000;

export interface Postman {
  readonly transport: MailTransport;
  readonly publicUrl: string;
  /** Letters that were not taken, by id, and when they are offered again (ms since 1970). Those of others wait behind nobody. */
  readonly resting: Map<string, number>;
}

/** What one turn did, as numbers: letters and addresses are nobody's business. */
export interface SentMail {
  readonly sent: number;
  readonly lost: number;
  /** Put back, because they were not taken now. */
  readonly later: number;
  /** The mail server takes nothing now. */
  readonly away: boolean;
}

/**
 * Sends what waits, one after the other, the oldest first. A letter is taken out of the queue before it is sent, so that two
 * processes never send the same one; when it was surely not taken it goes back in its old place. A process that dies in between
 * has lost one letter, and the unit asks again.
 */
export async function sendWaitingMail(
  services: CardsServices,
  { transport, publicUrl, resting }: Postman,
  signal?: AbortSignal,
): Promise<SentMail> {
  const done = { sent: 0, lost: 0, later: 0, away: false };
  for (let turn = 0; turn < mostPerTurn && !signal?.aborted; turn += 1) {
    const now = services.clock.now().getTime();
    for (const [id, until] of resting) if (until <= now) resting.delete(id);
    const [mail] = await takeOutgoingMail(services, 1, [...resting.keys()]);
    if (!mail) break;
    const { to, kind, language, code } = mail;
    const letter = writeLetter(kind, language, code === null ? '' : confirmLink(publicUrl, code));
    const outcome = await transport.send(to, letter);
    if (outcome === 'SENT') done.sent += 1;
    else if (outcome === 'LOST') done.lost += 1;
    else {
      await putBackMail(services, mail);
      done.later += 1;
      done.away = outcome === 'AWAY';
      if (done.away) break;
      resting.set(mail.id, now + againMs);
    }
  }
  return done;
}

/** Sends every two seconds until it is stopped. Nothing is logged but numbers. */
export function startPostman(
  services: CardsServices,
  { transport, publicUrl }: Omit<Postman, 'resting'>,
): Repeated {
  const { logger } = services;
  const postman = { transport, publicUrl, resting: new Map<string, number>() };
  const repeated = repeat({
    everyMs,
    work: async (signal) => {
      const { sent, lost, later, away } = await sendWaitingMail(services, postman, signal);
      if (sent + lost > 0) logger[lost > 0 ? 'warn' : 'info']({ sent, lost, later }, 'letters went out');
      if (away) logger.warn('the mail server takes no letters: they wait');
    },
    failed: (err) => logger.error({ err }, 'sending letters failed, and is tried again'),
  });
  return {
    async stop() {
      await repeated.stop();
      transport.close();
    },
  };
}
