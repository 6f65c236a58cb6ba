export {
  createBuilder,
  finishSchema,
  type BaseContext,
  type Builder,
  type PlatformTypes,
} from './builder.ts';
export { connection, mapPage, pageArgs } from './connection.ts';
