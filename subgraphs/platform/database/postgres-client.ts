import pg from 'pg';

/** What a statement begins with that a connection shall plan once and keep. Few texts may: each stays as long as its connection. */
export const keptMark = '/* kept */ ';

const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) names.set(text, (name = `kept_${names.size}`));
  return name;
}

const opening = /^(begin|start transaction)\b/i;
const opened: Pick<pg.QueryResult, 'command' | 'rowCount' | 'rows'> = {
  command: 'BEGIN',
  rowCount: null,
  rows: [],
};

/**
 * A connection that keeps the plans of marked statements, and that does not wait for a transaction to be opened: the
 * answer comes while the first statement is still being written. It is an error only where the connection is broken, and
 * then the first statement has it.
 */
export class QuickClient extends pg.Client {
  #begun: Promise<unknown> | undefined;

  // The driver's own signature has a dozen forms; Kysely uses this one, and all others go on as they came.
  override query(...given: unknown[]): never {
    const [text, values] = given;
    if (typeof text !== 'string') return this.#send(given);
    if (opening.test(text)) {
      this.#begun = this.#send(given) as Promise<unknown>;
      this.#begun.catch(() => undefined);
      return Promise.resolve(opened) as never;
    }
    const begun = this.#begun;
    this.#begun = undefined;
    const sent: unknown = text.startsWith(keptMark)
      ? this.#send([{ name: nameOf(text), text, values }, ...given.slice(2)])
      : this.#send(given);
    return (begun ? Promise.all([begun, sent]).then(([, result]) => result) : sent) as never;
  }

  #send(given: readonly unknown[]): never {
    return (super.query as (...parts: readonly unknown[]) => never).apply(this, given as unknown[]);
  }
}
