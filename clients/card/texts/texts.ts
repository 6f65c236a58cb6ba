/** Every word of the card page. A locale that lacks one does not compile. */
export interface CardTexts {
  readonly pageTitle: string;
  readonly languageSwitch: string;
  readonly loading: string;
  readonly confirm: {
    readonly heading: string;
    readonly words: string;
    readonly confirm: string;
    readonly confirming: string;
    readonly unreachable: string;
    readonly done: string;
    readonly doneWords: string;
    readonly refused: string;
    readonly refusedWords: string;
    readonly goOn: string;
  };
  readonly enrol: {
    readonly heading: string;
    readonly intro: string;
    readonly label: string;
    readonly hint: string;
    readonly add: string;
    readonly adding: string;
    readonly empty: string;
    readonly unreachable: string;
    readonly failed: string;
    readonly unable: string;
  };
  readonly card: {
    readonly heading: string;
    readonly show: string;
    readonly qr: string;
    seconds(left: number): string;
    validUntil(day: string): string;
    readonly printed: string;
    readonly printedIntro: string;
    readonly printedLabel: string;
    readonly keep: string;
    readonly forget: string;
  };
  readonly remove: {
    readonly button: string;
    readonly heading: string;
    readonly words: string;
    readonly yes: string;
    readonly no: string;
    readonly unreachable: string;
  };
}
