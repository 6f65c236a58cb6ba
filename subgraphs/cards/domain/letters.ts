import type { Language } from '../../platform/text.ts';

/** A letter as it goes out: plain text, so that any mail program shows it and nothing in it can be followed or counted. */
export interface WrittenLetter {
  readonly subject: string;
  readonly text: string;
}

export type LetterKind = 'CONFIRM_ACCOUNT' | 'ACCOUNT_REPLACED';

type Words = Readonly<Record<LetterKind, (link: string) => WrittenLetter>>;

/**
 * Subjects say nothing of a card, a service or money: others may see them on a screen. Source: domain.md "Privacy and
 * dignity".
 */
const words: Readonly<Record<Language, Words>> = {
  FI: {
    CONFIRM_ACCOUNT: (link) => ({
      subject: 'Vahvista sähköpostiosoitteesi',
      text: `Hei!

Pyysit tilin, jolla näet korttisi tiedot. Vahvista osoitteesi tästä:

${link}

Linkki toimii 15 minuuttia ja vain kerran. Jos se ehti vanhentua, pyydä uusi samasta paikasta.
Jos et pyytänyt tiliä, sinun ei tarvitse tehdä mitään.`,
    }),
    ACCOUNT_REPLACED: () => ({
      subject: 'Tilisi osoite on vaihtunut',
      text: `Hei!

Tilisi käyttää nyt toista sähköpostiosoitetta. Tähän osoitteeseen ei enää tule viestejä.
Jos et tehnyt tätä itse, kerro siitä paikassa, josta sait tilin.`,
    }),
  },
  SV: {
    CONFIRM_ACCOUNT: (link) => ({
      subject: 'Bekräfta din e-postadress',
      text: `Hej!

Du bad om ett konto där du ser uppgifterna om ditt kort. Bekräfta din adress här:

${link}

Länken fungerar i 15 minuter och bara en gång. Om den hann bli för gammal, be om en ny på samma ställe.
Om du inte bad om ett konto behöver du inte göra någonting.`,
    }),
    ACCOUNT_REPLACED: () => ({
      subject: 'Adressen till ditt konto har ändrats',
      text: `Hej!

Ditt konto använder nu en annan e-postadress. Inga fler meddelanden kommer till den här adressen.
Om du inte gjorde det själv, berätta det på stället där du fick kontot.`,
    }),
  },
  EN: {
    CONFIRM_ACCOUNT: (link) => ({
      subject: 'Confirm your e-mail address',
      text: `Hello!

You asked for an account that shows you the details of your card. Confirm your address here:

${link}

The link works for 15 minutes, and only once. If it is too old, ask for a new one at the same place.
If you did not ask for an account, you need not do anything.`,
    }),
    ACCOUNT_REPLACED: () => ({
      subject: 'The address of your account has changed',
      text: `Hello!

Your account now uses another e-mail address. No more messages come to this one.
If you did not do this yourself, tell the place that gave you the account.`,
    }),
  },
};

const all: readonly Language[] = ['FI', 'SV', 'EN'];

/** The page where an address is confirmed. The code stands behind the `#`, which no browser sends to any server. */
export function confirmLink(publicUrl: string, code: string): string {
  return `${publicUrl.replace(/\/$/, '')}/card#confirm=${code}`;
}

/** `language` null: in all three, one below the other. `link` is only used by letters that have one. */
export function writeLetter(kind: LetterKind, language: Language | null, link: string): WrittenLetter {
  const letters = (language === null ? all : [language]).map((one) => words[one][kind](link));
  return {
    subject: letters.map(({ subject }) => subject).join(' / '),
    text: `${letters.map(({ text }) => text).join('\n\n––––––––\n\n')}\n`,
  };
}
