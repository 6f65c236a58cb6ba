/** Every document that a screen sends, for the test that validates them against the graph. */
export { confirmAccount } from './accounts.ts';
export { venueCounters } from './counters.ts';
export {
  offlineKeys,
  presentSeenOffline,
  reserveSlice,
  returnSlice,
  uploadRedemptions,
} from './offline-door.ts';
export { venuePerformances } from './performances.ts';
export { enrolPhone, removeOwnPhone } from './phones.ts';
export { cancelRedemption, presentCard, redeem } from './redemptions.ts';
export { searchVenues, venueById, venueBySlug } from './venues.ts';
