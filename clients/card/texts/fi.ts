import type { CardTexts } from './texts.ts';

export const fi: CardTexts = {
  pageTitle: 'Kortti puhelimessa',
  languageSwitch: 'Kieli',
  loading: 'Avataan…',
  enrol: {
    heading: 'Lisää kortti tähän puhelimeen',
    intro: 'Saat kertakoodin paikasta, josta kortti on saatu, tai omalta tililtäsi.',
    label: 'Kertakoodi',
    hint: 'Kymmenen merkkiä. Koodi toimii 15 minuuttia.',
    add: 'Lisää kortti',
    adding: 'Lisätään…',
    empty: 'Kirjoita kertakoodi.',
    unreachable: 'Palvelimeen ei saada yhteyttä. Kokeile uudelleen: sama koodi toimii.',
    failed: 'Korttia ei voitu lisätä. Kokeile uudelleen.',
    unable: 'Tämä selain ei voi säilyttää korttia. Kokeile toista selainta, tai käytä painettua korttia.',
  },
  card: {
    heading: 'Oma kortti',
    show: 'Näytä tämä koodi ovella.',
    qr: 'QR-koodi, jonka paikan henkilökunta lukee',
    seconds: (left) => `Koodi vaihtuu ${left} sekunnin kuluttua.`,
    validUntil: (day) => `Kortti oli lisättäessä voimassa ${day} asti. Voimassaolon tarkistaa aina ovi.`,
    printed: 'Kortin painettu koodi',
    printedIntro: 'Jos haluat, voit kirjoittaa painetun koodin tähän. Se on vain tässä puhelimessa.',
    printedLabel: 'Painettu koodi',
    keep: 'Tallenna',
    forget: 'Poista koodi tästä',
  },
  remove: {
    button: 'Poista kortti tästä puhelimesta',
    heading: 'Poistetaanko kortti tästä puhelimesta?',
    words: 'Painettu kortti ja muut puhelimet toimivat edelleen.',
    yes: 'Poista',
    no: 'Älä poista',
    unreachable: 'Poistamiseen tarvitaan verkkoyhteys. Kokeile uudelleen.',
  },
};
