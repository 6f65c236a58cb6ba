/** Every word of the display. A locale that lacks one does not compile. */
export interface DisplayTexts {
  readonly pageTitle: string;
  readonly languageSwitch: string;
  readonly now: string;
  readonly next: string;
  /** What comes after the big one. */
  readonly later: string;
  readonly tomorrow: string;
  readonly allDay: string;
  /** `klo 18.30`. */
  at(time: string): string;
  readonly started: string;
  readonly starts: string;
  freePlaces(count: number): string;
  readonly noLimit: string;
  readonly noLimitMore: string;
  readonly full: string;
  readonly cancelled: string;
  readonly noPerformances: string;
  readonly loading: string;
  readonly unreachable: string;
  readonly unreachableMore: string;
  readonly unknownVenue: string;
  unknownVenueMore(slug: string): string;
  readonly lost: string;
  /** `time` is the last moment at which the numbers were known to be right. */
  lostMore(time: string): string;
  /** Beside each aged number. */
  agedAt(time: string): string;
  live(time: string): string;
}
