import { pickText } from '../text.ts';
import type { BaseContext, Builder } from './builder.ts';

/** `Text`, `PickedText` and `Language`: the same in every subgraph, so they are @shareable. */
export function addText<Context extends BaseContext>(builder: Builder<Context>): void {
  const language = builder.enumType('Language', { values: ['FI', 'SV', 'EN'] as const });
  builder.objectType('PickedText', {
    description: 'A text in one language, which may be another than the one asked for.',
    shareable: true,
    fields: (t) => ({
      value: t.exposeString('value'),
      language: t.expose('language', { type: language, description: 'The language it is really in.' }),
    }),
  });
  builder.objectType('Text', {
    description: 'A text in Finnish, Swedish and English; null where nobody has translated it yet.',
    shareable: true,
    fields: (t) => ({
      fi: t.exposeString('fi', { nullable: true }),
      sv: t.exposeString('sv', { nullable: true }),
      en: t.exposeString('en', { nullable: true }),
      pick: t.field({
        type: 'PickedText',
        description: 'In this language, else in the first of Finnish, Swedish and English that exists.',
        args: { language: t.arg({ type: language, required: true }) },
        resolve: (text, args) => pickText(text, args.language),
      }),
    }),
  });
}
