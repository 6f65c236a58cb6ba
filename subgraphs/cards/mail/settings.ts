import { ConfigError } from '../../platform/settings/config-error.ts';
import type { Read } from '../../platform/settings/process.ts';
import { parseEmail } from '../domain/account.ts';

export interface MailSettings {
  /** `smtp://[user:password@]host[:port]` or `smtps://…`. It may hold a password, and is never shown back. */
  readonly smtpUrl: string;
  /** The address that letters come from. */
  readonly from: string;
  /** Where holders find the pages: `https://card.example.org`. */
  readonly publicUrl: string;
}

/** SMTP_URL, MAIL_FROM and PUBLIC_URL: all of them or none. Undefined: nothing is sent. */
export function readMailSettings(read: Read): MailSettings | undefined {
  const [smtpUrl, from, publicUrl] = [read('SMTP_URL'), read('MAIL_FROM'), read('PUBLIC_URL')];
  if (smtpUrl === undefined && from === undefined && publicUrl === undefined) return undefined;
  if (smtpUrl === undefined || from === undefined || publicUrl === undefined) {
    throw new ConfigError('SMTP_URL, MAIL_FROM and PUBLIC_URL must be set together, or none of them.');
  }
  if (!isUrl(smtpUrl, ['smtp:', 'smtps:'])) {
    throw new ConfigError(
      'SMTP_URL must be smtp://[user:password@]host[:port], or smtps://… for TLS from the start.',
    );
  }
  if (parseEmail(from) === null)
    throw new ConfigError(`MAIL_FROM is "${from}", but must be an e-mail address.`);
  if (!isUrl(publicUrl, ['https:', 'http:'])) {
    throw new ConfigError(
      `PUBLIC_URL is "${publicUrl}", but must be an address such as https://card.example.org.`,
    );
  }
  return { smtpUrl, from, publicUrl };
}

function isUrl(text: string, protocols: readonly string[]): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && protocols.includes(url.protocol) && url.hostname !== '';
}

export const noMailWarning =
  'SMTP_URL is not set: no letters are sent, and accounts with an e-mail address cannot be confirmed';
