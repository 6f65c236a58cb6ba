export type { Live } from './live.ts';
export { localLive } from './local.ts';
export { postgresLive } from './postgres.ts';
export { watchKeys } from './watch-keys.ts';
