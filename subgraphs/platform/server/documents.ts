import {
  getOperationAST,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

export interface CheckedDocument {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

type Known = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

const maxTokens = 10_000;
const maxDocuments = 1_000;

/** Parses and validates each text once: gateways send the same few texts again and again. */
export class Documents {
  readonly #schema: GraphQLSchema;
  readonly #known = new Map<string, Known>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** The operation that is to run, or why there is none. */
  check(
    text: string,
    operationName: string | null | undefined,
  ): CheckedDocument | { readonly errors: readonly GraphQLError[] } {
    const known = this.#known.get(text) ?? this.#remember(text);
    if ('errors' in known) return known;
    const operation = getOperationAST(known.document, operationName);
    if (operation) return { document: known.document, operation };
    return {
      errors: [coded('OPERATION_RESOLUTION_FAILURE', 'The document has no operation of this name.')],
    };
  }

  #remember(text: string): Known {
    const known = this.#read(text);
    // The oldest goes first. Texts that are used all the time are back after one validation.
    if (this.#known.size >= maxDocuments) {
      for (const oldest of this.#known.keys()) {
        this.#known.delete(oldest);
        break;
      }
    }
    this.#known.set(text, known);
    return known;
  }

  #read(text: string): Known {
    let document: DocumentNode;
    try {
      document = parse(text, { maxTokens });
    } catch (error) {
      return { errors: [coded('GRAPHQL_PARSE_FAILED', error instanceof Error ? error.message : '')] };
    }
    const errors = validate(this.#schema, document);
    if (errors.length === 0) return { document };
    return { errors: errors.map(({ message }) => coded('GRAPHQL_VALIDATION_FAILED', message)) };
  }
}

function coded(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
