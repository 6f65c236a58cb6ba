import { timeZone } from '../../platform/clock.ts';
import type { Language, Text } from '../../platform/text.ts';
import type { IsoInstant } from '../../platform/units.ts';

export function inEach(write: (language: Language) => string): Text {
  return { fi: write('FI'), sv: write('SV'), en: write('EN') };
}

const wallClock = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  hourCycle: 'h23',
  day: 'numeric',
  month: 'numeric',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

const englishMonths =
  'January February March April May June July August September October November December'.split(' ');

/**
 * Written out part by part: the ready-made formats differ between versions of the language data. Midnight stands for a
 * whole day (open entry, a course in one's own time), so no time is told then.
 */
export function helsinkiTime(at: IsoInstant, language: Language): string {
  const part = new Map(wallClock.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(part.get(type));
  const [hour, minute] = [part.get('hour') ?? '', part.get('minute') ?? ''];
  const wholeDay = number('hour') === 0 && number('minute') === 0;
  if (language === 'EN') {
    const date = `${number('day')} ${englishMonths[number('month') - 1]} ${number('year')}`;
    return wholeDay ? date : `${date} at ${hour}:${minute}`;
  }
  const date = `${number('day')}.${number('month')}.${number('year')}`;
  return wholeDay ? date : `${date} ${language === 'FI' ? 'klo' : 'kl.'} ${hour}.${minute}`;
}
