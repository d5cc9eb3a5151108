type Present<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** Leaves out what is undefined or null, as `exactOptionalPropertyTypes` wants optional properties to be. */
export function withoutUndefined<T extends object>(values: T): Present<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(entries) as Present<T>;
}
