import type { CardTexts } from './texts.ts';

export const sv: CardTexts = {
  pageTitle: 'Kortet i telefonen',
  languageSwitch: 'Språk',
  loading: 'Öppnas…',
  confirm: {
    heading: 'Bekräfta din e-postadress',
    words: 'När du trycker på knappen blir brevets adress ditt kontos adress.',
    confirm: 'Bekräfta adressen',
    confirming: 'Bekräftar…',
    unreachable: 'Servern kan inte nås. Försök igen: samma länk fungerar.',
    done: 'Din adress är bekräftad',
    doneWords: 'Du kan nu stänga den här sidan.',
    refused: 'Länken fungerar inte längre',
    refusedWords:
      'En länk fungerar i 15 minuter och bara en gång. Be om en ny på stället där du fick kontot.',
    goOn: 'Gå till kortet',
  },
  enrol: {
    heading: 'Lägg till kortet i den här telefonen',
    intro: 'Du får en engångskod där kortet gavs, eller på ditt eget konto.',
    label: 'Engångskod',
    hint: 'Tio tecken. Koden fungerar i 15 minuter.',
    add: 'Lägg till kortet',
    adding: 'Läggs till…',
    empty: 'Skriv engångskoden.',
    unreachable: 'Ingen förbindelse till servern. Försök på nytt: samma kod fungerar.',
    failed: 'Kortet kunde inte läggas till. Försök på nytt.',
    unable:
      'Den här webbläsaren kan inte spara kortet. Försök med en annan, eller använd det tryckta kortet.',
  },
  card: {
    heading: 'Mitt kort',
    show: 'Visa den här koden vid dörren.',
    qr: 'QR-kod som personalen läser',
    seconds: (left) => `Koden byts om ${left} sekunder.`,
    validUntil: (day) =>
      `När kortet lades till gällde det till och med ${day}. Dörren kontrollerar alltid giltigheten.`,
    printed: 'Kortets tryckta kod',
    printedIntro: 'Om du vill kan du skriva den tryckta koden här. Den finns bara i den här telefonen.',
    printedLabel: 'Tryckt kod',
    keep: 'Spara',
    forget: 'Ta bort koden härifrån',
  },
  remove: {
    button: 'Ta bort kortet från den här telefonen',
    heading: 'Ska kortet tas bort från den här telefonen?',
    words: 'Det tryckta kortet och andra telefoner fungerar fortfarande.',
    yes: 'Ta bort',
    no: 'Behåll',
    unreachable: 'För att ta bort kortet behövs nät. Försök på nytt.',
  },
};
