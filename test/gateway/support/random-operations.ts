import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';

export interface RandomOperation {
  readonly text: string;
  readonly variables: Record<string, unknown>;
}

/** Numbers in [0, 1) that a seed decides (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const declared =
  '$yes: Boolean!, $no: Boolean = false, $maybe: Boolean = true, $n: Int = 2, $m: Int, $id: ID = "b1", $filter: Filter';

/**
 * Writes operations for a schema: fragments with and without names, aliases, conditions, arguments from literals and
 * variables. Most are valid; whoever uses them validates.
 */
export class OperationWriter {
  readonly #schema: GraphQLSchema;
  readonly #chance: () => number;
  #fragments: string[] = [];

  constructor(schema: GraphQLSchema, chance: () => number) {
    this.#schema = schema;
    this.#chance = chance;
  }

  write(): RandomOperation {
    this.#fragments = [];
    const isMutation = this.#chance() < 0.1;
    const root = isMutation ? this.#schema.getMutationType() : this.#schema.getQueryType();
    if (!root) throw new Error('no root type');
    const body = this.#selection(root, 4);
    const head = `${isMutation ? 'mutation' : 'query'} Random(${declared})`;
    const text = `${head} ${body}\n${this.#fragments.join('\n')}`;
    // Unused variables are an error of validation, so what is not used is not declared.
    const used = declared.split(', ').filter((definition) => {
      const name = definition.slice(0, definition.indexOf(':'));
      return new RegExp(`\\${name}\\b`).test(text.slice(head.length));
    });
    const list = used.length > 0 ? `(${used.join(', ')})` : '';
    return { text: text.replace(`(${declared})`, list), variables: this.#variables() };
  }

  #variables(): Record<string, unknown> {
    const chance = this.#chance;
    return {
      yes: chance() < 0.5,
      ...(chance() < 0.5 && { no: chance() < 0.5 }),
      ...(chance() < 0.5 && { maybe: chance() < 0.5 }),
      ...(chance() < 0.5 && { n: 3 }),
      ...(chance() < 0.5 && { m: 1 }),
      ...(chance() < 0.3 && { id: `b${this.#upTo(9)}` }),
      ...(chance() < 0.5 && { filter: chance() < 0.5 ? { first: 4, mood: 'GLAD' } : {} }),
    };
  }

  #upTo(end: number): number {
    return Math.floor(this.#chance() * end);
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#upTo(items.length)] as T;
  }

  /**
   * `narrow`: without fragments on other types. Within a fragment on an interface the stock executor forgets which type the
   * object had before, unless its data say so, and leaves out what a fragment on that type asks for.
   */
  #selection(type: GraphQLCompositeType, depth: number, narrow = false): string {
    const parts: string[] = [];
    const fields = isAbstractType(type) && !isInterfaceType(type) ? [] : Object.values(type.getFields());
    const count = 1 + this.#upTo(4);
    for (let index = 0; index < count; index += 1) {
      const kind = this.#chance();
      if (kind < 0.08) parts.push(`${this.#chance() < 0.3 ? 'kind: ' : ''}__typename`);
      else if (kind < 0.28 && depth > 1) parts.push(this.#fragment(type, depth, narrow));
      else if (fields.length > 0) parts.push(this.#field(this.#pick(fields), depth));
      else parts.push(this.#fragment(type, depth, narrow));
    }
    // With it, a test can tell whose error an error is.
    if (fields.some(({ name }) => name === 'id') && this.#chance() < 0.8) parts.push('id');
    return `{ ${parts.filter(Boolean).join(' ') || '__typename'} }`;
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type);
    if (isCompositeType(type) && depth <= 1) return '__typename';
    const args = field.args
      .filter((argument) => isNonNullType(argument.type) || this.#chance() < 0.5)
      .map((argument) => `${argument.name}: ${this.#argument(argument)}`)
      .join(', ');
    const alias = this.#chance() < 0.15 || args !== '' ? `${field.name}_${this.#upTo(1000)}: ` : '';
    const inner = isCompositeType(type) ? ` ${this.#selection(type, depth - 1)}` : '';
    return `${alias}${field.name}${args && `(${args})`}${this.#condition()}${inner}`;
  }

  #argument({ type }: GraphQLArgument): string {
    const literal: Record<string, () => string> = {
      ID: () => (this.#chance() < 0.3 ? '$id' : `"${this.#pick(['b', 'p'])}${this.#upTo(8)}"`),
      Int: () => (this.#chance() < 0.3 ? this.#pick(['$n', '$m']) : String(this.#upTo(5))),
      Boolean: () => (this.#chance() < 0.4 ? '$yes' : this.#pick(['true', 'false'])),
      String: () => '"word"',
      Filter: () => (this.#chance() < 0.5 ? '$filter' : `{ first: ${this.#upTo(6)} }`),
    };
    return literal[getNamedType(type).name]?.() ?? 'null';
  }

  #fragment(type: GraphQLCompositeType, depth: number, narrow: boolean): string {
    const on = narrow ? type : this.#conditionType(type);
    const body = this.#selection(on, depth - 1, narrow || (isObjectType(type) && isInterfaceType(on)));
    const condition = this.#condition();
    if (this.#chance() < 0.35) {
      const name = `F${this.#fragments.length}_${this.#upTo(1000)}`;
      this.#fragments.push(`fragment ${name} on ${on.name} ${body}`);
      return this.#chance() < 0.3 ? `...${name}${condition} ...${name}` : `...${name}${condition}`;
    }
    const bare = on === type && this.#chance() < 0.5;
    return `...${bare ? '' : ` on ${on.name}`}${condition} ${body}`;
  }

  #conditionType(type: GraphQLCompositeType): GraphQLCompositeType {
    if (isAbstractType(type)) {
      return this.#chance() < 0.15 ? type : this.#pick(this.#schema.getPossibleTypes(type));
    }
    if (isObjectType(type) && type.getInterfaces().length > 0 && this.#chance() < 0.4) {
      return this.#pick(type.getInterfaces());
    }
    return type;
  }

  #condition(): string {
    const chance = this.#chance();
    if (chance > 0.14) return '';
    const value = this.#pick(['$yes', '$no', '$maybe', 'true', 'false']);
    if (chance < 0.02) return ` @skip(if: ${value}) @include(if: ${this.#pick(['$yes', '$maybe'])})`;
    return ` @${this.#pick(['skip', 'include'])}(if: ${value})`;
  }
}
