/** What must be there. @throws {RangeError} when it is not: a bug of ours, never the user's. */
export function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError('something is missing that must be there');
  return value;
}
