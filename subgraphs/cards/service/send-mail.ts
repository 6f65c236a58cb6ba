import { repeat, type Repeated } from '../../platform/repeated.ts';
import { confirmLink, writeLetter } from '../domain/letters.ts';
import type { MailTransport } from '../mail/transport.ts';
import { putBackMail, takeOutgoingMail } from './mail.ts';
import type { CardsServices } from './services.ts';

const everyMs = 2_000;
/** Letters of one turn: a queue that was left for a day goes out over some minutes, and nobody's mail server is flooded. */
const mostPerTurn = 50;

export interface Postman {
  readonly transport: MailTransport;
  readonly publicUrl: string;
}

/** What one turn did, as numbers: letters and addresses are nobody's business. */
export interface SentMail {
  readonly sent: number;
  readonly lost: number;
  /** Put back, because the mail server was away. */
  readonly later: number;
}

/**
 * Sends what waits, one after the other, the oldest first. A letter is taken out of the queue before it is sent, so that two
 * processes never send the same one; when the mail server has surely not taken it, it goes back, and the turn ends. A process
 * that dies in between has lost one letter, and the unit asks again.
 */
export async function sendWaitingMail(
  services: CardsServices,
  { transport, publicUrl }: Postman,
  signal?: AbortSignal,
): Promise<SentMail> {
  let sent = 0;
  let lost = 0;
  for (let turn = 0; turn < mostPerTurn && !signal?.aborted; turn += 1) {
    const [mail] = await takeOutgoingMail(services, 1);
    if (!mail) break;
    const { to, kind, language, code } = mail;
    const letter = writeLetter(kind, language, code === null ? '' : confirmLink(publicUrl, code));
    const outcome = await transport.send(to, letter);
    if (outcome === 'LATER') {
      await putBackMail(services, mail);
      return { sent, lost, later: 1 };
    }
    if (outcome === 'SENT') sent += 1;
    else lost += 1;
  }
  return { sent, lost, later: 0 };
}

/** Sends every two seconds until it is stopped. Nothing is logged but numbers. */
export function startPostman(services: CardsServices, postman: Postman): Repeated {
  const { logger } = services;
  const repeated = repeat({
    everyMs,
    work: async (signal) => {
      const { sent, lost, later } = await sendWaitingMail(services, postman, signal);
      if (sent + lost > 0) logger[lost > 0 ? 'warn' : 'info']({ sent, lost }, 'letters went out');
      if (later > 0) logger.warn('the mail server takes no letters: they wait');
    },
    failed: (err) => logger.error({ err }, 'sending letters failed, and is tried again'),
  });
  return {
    async stop() {
      await repeated.stop();
      postman.transport.close();
    },
  };
}
