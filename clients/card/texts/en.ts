import type { CardTexts } from './texts.ts';

export const en: CardTexts = {
  pageTitle: 'The card on the phone',
  languageSwitch: 'Language',
  loading: 'Opening…',
  enrol: {
    heading: 'Add the card to this phone',
    intro: 'You get a one-time code at the place that gave the card, or from your own account.',
    label: 'One-time code',
    hint: 'Ten characters. The code works for 15 minutes.',
    add: 'Add the card',
    adding: 'Adding…',
    empty: 'Type the one-time code.',
    unreachable: 'The server cannot be reached. Try again: the same code works.',
    failed: 'The card could not be added. Try again.',
    unable: 'This browser cannot keep the card. Try another one, or use the printed card.',
  },
  card: {
    heading: 'My card',
    show: 'Show this code at the door.',
    qr: 'QR code for the staff to scan',
    seconds: (left) => `The code changes in ${left} seconds.`,
    validUntil: (day) => `When it was added, the card was valid until ${day}. The door always checks.`,
    printed: 'The printed code of the card',
    printedIntro: 'If you like, type the printed code here. It stays on this phone only.',
    printedLabel: 'Printed code',
    keep: 'Save',
    forget: 'Remove the code from here',
  },
  remove: {
    button: 'Remove the card from this phone',
    heading: 'Remove the card from this phone?',
    words: 'The printed card and other phones go on working.',
    yes: 'Remove',
    no: 'Keep it',
    unreachable: 'Removing needs a connection. Try again.',
  },
};
