export {
  createBuilder,
  finishSchema,
  type BaseContext,
  type Builder,
  type PlatformTypes,
} from './builder.ts';
export { connection, pageArgs } from './connection.ts';
export { costs, costsList, listOf } from './cost.ts';
export { viewerIndependent, viewerIndependentUnless } from './live-directives.ts';
