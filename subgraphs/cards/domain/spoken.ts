import type { Text } from '../../platform/text.ts';
import { formatCode, type CardCode } from './code.ts';

/** How the ten digits and the 22 letters of a code are said on the phone in each language. */
const words = {
  fi: {
    digits: 'nolla yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän',
    letters:
      'Aarne Bertta Celsius Daavid Eemeli Faarao Gideon Heikki Jussi Kalle Matti Niilo Paavo Kuu Risto Sakari Tyyne ' +
      'Vihtori Wiski Äksä Yrjö Tseta',
  },
  sv: {
    digits: 'noll ett två tre fyra fem sex sju åtta nio',
    letters:
      'Adam Bertil Cesar David Erik Filip Gustav Helge Johan Kalle Martin Niklas Petter Qvintus Rudolf Sigurd Tore ' +
      'Viktor Wilhelm Xerxes Yngve Zäta',
  },
  en: {
    digits: 'zero one two three four five six seven eight nine',
    letters:
      'Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel Juliett Kilo Mike November Papa Quebec Romeo Sierra Tango ' +
      'Victor Whiskey X-ray Yankee Zulu',
  },
} as const;

/** The characters of a code in the order of the words above: no I, L, O or U. */
const characters = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ');

function dictionary({ digits, letters }: { digits: string; letters: string }): Map<string, string> {
  const said = `${digits} ${letters}`.split(' ');
  return new Map(characters.map((character, index) => [character, said[index] ?? character]));
}

const dictionaries = { fi: dictionary(words.fi), sv: dictionary(words.sv), en: dictionary(words.en) };

/**
 * The code as one reads it aloud on the phone: character by character, with a pause after each group of four.
 * `K7M4-…` → "Kalle seitsemän Matti neljä, …"
 */
export function spokenCode(code: CardCode): Text {
  const groups = formatCode(code).split('-');
  const say = (said: ReadonlyMap<string, string>): string =>
    groups
      .map((group) => Array.from(group, (character) => said.get(character) ?? character).join(' '))
      .join(', ');
  return { fi: say(dictionaries.fi), sv: say(dictionaries.sv), en: say(dictionaries.en) };
}
