/** A field of a change: what was left out stays as it was, null takes it away. */
export function given<Value>(value: Value | undefined, before: Value): Value {
  return value === undefined ? before : value;
}

/** A field that cannot be taken away: null means left out too. */
export function kept<Value>(value: Value | null | undefined, before: Value): Value {
  return value ?? before;
}
