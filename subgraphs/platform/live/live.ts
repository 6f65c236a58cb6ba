/**
 * A doorbell per key, rung after a commit: "look". Many rings before a listener has looked are one ring. It is never the
 * truth: whoever hears it reads the state again.
 */
export interface Live {
  put(key: string): void;
  /** Calls the listener after any of these keys was rung, in this process or another. Returns how to stop. */
  watch(keys: readonly string[], listener: () => void): () => void;
  close(): Promise<void>;
}
