import type { Text } from '../../../platform/text.ts';

/** A made-up exhibition that fits the house. */
export interface Exhibition {
  readonly title: Text;
  readonly about: Text;
  readonly genre: string;
}

function exhibition(genre: string, title: readonly [string, string, string], about: Text): Exhibition {
  const [fi, sv, en] = title;
  return { genre, title: { fi, sv, en }, about };
}

const aboutArt: Text = {
  fi: 'Teoksia museon omista kokoelmista.',
  sv: 'Verk ur museets egna samlingar.',
  en: 'Works from the museum’s own collection.',
};
const aboutThings: Text = {
  fi: 'Esineitä, kuvia ja tarinoita.',
  sv: 'Föremål, bilder och berättelser.',
  en: 'Things, pictures and stories.',
};
const aboutTrying: Text = {
  fi: 'Kokeile itse.',
  sv: 'Prova själv.',
  en: 'Try for yourself.',
};

const art = exhibition(
  'visual-arts',
  ['Värejä pohjoisesta', 'Färger från norr', 'Colours from the North'],
  aboutArt,
);
const contemporary = exhibition(
  'contemporary-art',
  ['Hiljainen huone', 'Det tysta rummet', 'The Quiet Room'],
  aboutArt,
);
const photography = exhibition(
  'photography',
  ['Kaupunki aamulla', 'Staden om morgonen', 'The City in the Morning'],
  aboutArt,
);
const work = exhibition(
  'working-life',
  ['Työpäivä ennen', 'En arbetsdag förr', 'A Working Day of the Past'],
  aboutThings,
);
const science = exhibition(
  'science',
  ['Miten ääni kulkee', 'Hur ljudet färdas', 'How Sound Travels'],
  aboutTrying,
);
const local = exhibition('local-history', ['Kotikatu', 'Vår gata', 'Our Street'], aboutThings);

const bySlug: Readonly<Record<string, Exhibition>> = {
  'kuopio-taidemuseo': art,
  'tampereen-taidemuseo': art,
  'ateneumin-taidemuseo': art,
  'sinebrychoffin-taidemuseo': art,
  'sara-hildenin-taidemuseo': contemporary,
  'voipaalan-taidekeskus': contemporary,
  'amos-rex': contemporary,
  'nykytaiteen-museo-kiasma': contemporary,
  'vb-valokuvakeskus': photography,
  'suomen-valokuvataiteen-museo': photography,
  'tyovaenmuseo-werstas': work,
  'amurin-museokortteli': work,
  'myllysaaren-museo': work,
  'museo-ja-tiedekeskus-luuppi': science,
  'tiedekeskus-heureka': science,
  'riisa-suomen-ortodoksinen-kirkkomuseo': exhibition(
    'church-art',
    ['Kultaa ja kynttilänvaloa', 'Guld och levande ljus', 'Gold and Candlelight'],
    aboutThings,
  ),
  muumimuseo: exhibition(
    'literature',
    ['Kuvitettu kirja', 'Den illustrerade boken', 'The Illustrated Book'],
    aboutArt,
  ),
  'urheilumuseo-tahto': exhibition(
    'history',
    ['Sukset, luistimet, polkupyörä', 'Skidor, skridskor, cykel', 'Skis, Skates, Bicycle'],
    aboutThings,
  ),
};

export function exhibitionOf(slug: string): Exhibition {
  return bySlug[slug] ?? local;
}
