import { createTransport } from 'nodemailer';
import type { WrittenLetter } from '../domain/letters.ts';
import type { MailSettings } from './settings.ts';

/**
 * What became of a letter. AWAY: the mail server takes none now: it is not there, or does not let us in. LATER: it does not
 * take this one now. LOST: refused for good, or nobody knows; then it is not sent again, since a link that comes twice would
 * be worse than one that does not come.
 */
export type Sent = 'SENT' | 'AWAY' | 'LATER' | 'LOST';

export interface MailTransport {
  /** Never rejects, and tells no one the address. */
  send(to: string, letter: WrittenLetter): Promise<Sent>;
  close(): void;
}

const timeoutMs = 10_000;

const ownMachine = /^(localhost|127\..*|\[::1\])$/;

/** Sends over SMTP; TLS whenever the server offers it, and always with `smtps:`. No password leaves this machine without it. */
export function smtpTransport({ smtpUrl, from }: Pick<MailSettings, 'smtpUrl' | 'from'>): MailTransport {
  const url = new URL(smtpUrl);
  const secure = url.protocol === 'smtps:';
  const auth =
    url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } };
  const transport = createTransport({
    host: url.hostname,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && url.username !== '' && !ownMachine.test(url.hostname),
    ...auth,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // A letter has nothing to read from a file or an address, whatever its words are.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(to, { subject, text }) {
      try {
        await transport.sendMail({
          from,
          to,
          subject,
          text,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return 'SENT';
      } catch (error) {
        return afterFailure(error as SmtpFailure);
      }
    },
    close: () => transport.close(),
  };
}

/** What nodemailer says of a failure; its message may hold the address, and goes nowhere. */
interface SmtpFailure {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
}

/** Commands that are about us, not about this letter. */
const aboutUs = /^(CONN|EHLO|HELO|LHLO|STARTTLS|AUTH.*|MAIL FROM)$/;

function afterFailure({ command = '', responseCode = 0, code = '' }: SmtpFailure): Sent {
  if (code === 'EAUTH' || code === 'EDNS' || code === 'ETLS' || aboutUs.test(command)) return 'AWAY';
  return responseCode >= 400 && responseCode < 500 ? 'LATER' : 'LOST';
}
