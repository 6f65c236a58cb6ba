/** Every word of the home page. A locale that lacks one does not compile. */
export interface HomeTexts {
  readonly pageTitle: string;
  readonly languageSwitch: string;
  readonly heading: string;
  readonly what: string;
  readonly demo: string;
  readonly door: string;
  readonly doorWords: string;
  readonly displays: string;
  readonly displaysWords: string;
  readonly search: string;
  found(count: number): string;
  readonly none: string;
  readonly more: string;
  readonly trouble: string;
  readonly graph: string;
  readonly graphWords: string;
  readonly cards: string;
  readonly cardsWords: string;
}
