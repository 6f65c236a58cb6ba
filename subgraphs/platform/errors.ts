/** The numbers and names behind an answer, safe to show to the caller: never personal, never a path. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/**
 * A failure that the caller may see: a stable code, a sentence with the facts. graphql-js copies `extensions` into
 * the GraphQL error, so a resolver only has to throw it. Expected refusals are data (see refusals.ts), not errors.
 */
export class AppError extends Error {
  readonly code: string;
  readonly facts: Facts;

  constructor(code: string, message: string, facts: Facts = {}) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.facts = facts;
  }

  get extensions(): { code: string; facts: Facts } {
    return { code: this.code, facts: this.facts };
  }
}

/** BAD_INPUT: what was sent cannot be used; the message says what would be right. */
export function badInput(message: string, facts: Facts = {}): AppError {
  return new AppError('BAD_INPUT', message, facts);
}

/** FORBIDDEN: the viewer has no right to this. The message never tells whether the thing exists. */
export function forbidden(message = 'You have no right to do this.', facts: Facts = {}): AppError {
  return new AppError('FORBIDDEN', message, facts);
}

/** NOT_FOUND: nothing of this kind has this id. */
export function notFound(kind: string, id: string): AppError {
  return new AppError('NOT_FOUND', `No ${kind} has the id ${shown(id)}.`, { kind, id: shown(id) });
}

/** A request that contradicts an earlier one, with its own stable code, such as REQUEST_ID_REUSED. */
export function conflict(code: string, message: string, facts: Facts = {}): AppError {
  return new AppError(code, message, facts);
}

/** An id comes from outside: it is shown back short, so that a huge one cannot fill a log or a screen. */
function shown(id: string): string {
  return id.length > 64 ? `${id.slice(0, 64)}…` : id;
}
