/** A setting that cannot be used. The message is one sentence that says what would be right. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
