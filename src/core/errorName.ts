/** What may be told of an error that nobody foresaw: its words may hold what was sent. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
