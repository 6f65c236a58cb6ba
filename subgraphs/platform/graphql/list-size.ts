import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import { defaultPageSize } from '../pagination.ts';

export const listSizePlugin = 'listSize';

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- how Pothos learns of plugins
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      listSize: ListSizePlugin<Types>;
    }
  }
}

interface AppliedDirective {
  readonly name: string;
  readonly args: object;
}

/** What the gateway needs to know to compute the cost of a page before it asks for one. */
const page: AppliedDirective = {
  name: 'listSize',
  args: {
    slicingArguments: ['first'],
    assumedSize: defaultPageSize,
    sizedFields: ['edges', 'nodes'],
    // Nobody has to say `first`.
    requireOneSlicingArgument: false,
  },
};

/** Puts @listSize on every field with `first` and `after`, so that no connection can be without it. */
export class ListSizePlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    if (!('first' in config.args && 'after' in config.args)) return config;
    const others = (config.extensions?.['directives'] ?? []) as readonly AppliedDirective[];
    return { ...config, extensions: { ...config.extensions, directives: [...others, page] } };
  }
}

SchemaBuilder.registerPlugin(listSizePlugin, ListSizePlugin);
