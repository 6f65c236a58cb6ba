/** What the page keeps on the device so that it opens without a network: public things only, and nothing that must not be lost. */
export function remember(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage may be switched off or full: then it is asked for again.
  }
}

/** Null: nothing that can be read. Its form is the reader's to check: another build may have written it. */
export function remembered(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}
