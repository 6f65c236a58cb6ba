import { viewerIndependent } from './live-directives.ts';
import { pickText } from '../text.ts';
import type { BaseContext, Builder } from './builder.ts';
import { costs } from './cost.ts';

/** `Text`, `PickedText` and `Language`: the same in every subgraph, so they are @shareable. */
export function addText<Context extends BaseContext>(builder: Builder<Context>): void {
  const language = builder.enumType('Language', { values: ['FI', 'SV', 'EN'] as const });
  builder.objectType('PickedText', {
    description: 'A text in one language, which may be another than the one asked for.',
    shareable: true,
    ...costs(0),
    fields: (t) => ({
      value: t.exposeString('value', viewerIndependent),
      language: t.expose('language', {
        ...viewerIndependent,
        type: language,
        description: 'The language it is really in.',
      }),
    }),
  });
  builder.objectType('Text', {
    description: 'A text in Finnish, Swedish and English; null where nobody has translated it yet.',
    shareable: true,
    ...costs(0),
    fields: (t) => ({
      fi: t.exposeString('fi', { ...viewerIndependent, nullable: true }),
      sv: t.exposeString('sv', { ...viewerIndependent, nullable: true }),
      en: t.exposeString('en', { ...viewerIndependent, nullable: true }),
      pick: t.field({
        ...viewerIndependent,
        type: 'PickedText',
        description: 'In this language, else in the first of Finnish, Swedish and English that exists.',
        args: { language: t.arg({ type: language, required: true }) },
        resolve: (text, args) => pickText(text, args.language),
      }),
    }),
  });
}
