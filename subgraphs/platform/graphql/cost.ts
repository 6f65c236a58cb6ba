/** A directive as the directives plugin merges it with the field's own. */
interface WithDirective {
  readonly extensions: { readonly directives: readonly { readonly name: string; readonly args: object }[] };
}

function withDirective(name: string, args: object): WithDirective {
  return { extensions: { directives: [{ name, args }] } };
}

/**
 * For the options of a field or a type: what reading it costs the database, where an ordinary object is 1 and what is part of
 * its parent is 0. The gateway adds up the cost of an operation before it runs it.
 */
export function costs(weight: number): WithDirective {
  return withDirective('cost', { weight });
}

/** For the options of a list without pages: how long it is at most, or nearly always; `given`: an argument that says it. */
export function listOf(assumedSize: number, given?: string): WithDirective {
  const slicing = given === undefined ? {} : { slicingArguments: [given], requireOneSlicingArgument: false };
  return withDirective('listSize', { assumedSize, ...slicing });
}

/** `costs` and `listOf` of one field: spread one after the other, the second would take the place of the first. */
export function costsList(weight: number, ...list: Parameters<typeof listOf>): WithDirective {
  const parts = [costs(weight), listOf(...list)];
  return { extensions: { directives: parts.flatMap(({ extensions }) => extensions.directives) } };
}
