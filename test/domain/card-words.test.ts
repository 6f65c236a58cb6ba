import { describe, expect, it } from 'vitest';
import { backgrounds, changeKinds } from '../../subgraphs/cards/domain/card.ts';
import { exportWords } from '../../subgraphs/cards/domain/export-words.ts';
import { sheetWords } from '../../subgraphs/cards/domain/sheet-words.ts';

/** Every text in a dictionary, under its place in it. */
function textsOf(words: object, place = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(words)) {
    const at = `${place}.${name}`;
    if (typeof value === 'function') texts.set(at, String((value as (...given: number[]) => unknown)(1, 2)));
    else if (typeof value === 'string') texts.set(at, value);
    else for (const [inner, text] of textsOf(value as object, at)) texts.set(inner, text);
  }
  return texts;
}

describe.each([
  ['the sheets', sheetWords],
  ['the export', exportWords],
] as const)('the words of %s', (_, dictionary) => {
  const [fi, sv, en] = [dictionary.FI, dictionary.SV, dictionary.EN].map((words) => textsOf(words));

  it('are there in Finnish, Swedish and English, each in its own words', () => {
    for (const other of [sv, en]) expect([...other!.keys()]).toEqual([...fi!.keys()]);
    for (const [place, text] of fi!) {
      expect([place, text.trim()]).not.toEqual([place, '']);
      expect([place, sv!.get(place), en!.get(place)]).not.toContain(text);
    }
  });

  it('say nothing of why somebody has a card', () => {
    for (const texts of [fi!, sv!, en!])
      for (const [place, text] of texts)
        expect([place, text]).not.toEqual([
          place,
          expect.stringMatching(/köyh|vähävarais|tuki|fattig|låginkomst|poor|poverty|income/i),
        ]);
  });
});

it('the export has a word for every background and every change that a card can have', () => {
  for (const words of Object.values(exportWords)) {
    expect(Object.keys(words.backgrounds).toSorted()).toEqual([...backgrounds].toSorted());
    expect(Object.keys(words.changes).toSorted()).toEqual([...changeKinds].toSorted());
  }
});
