/** `14:32` as it is written here; with the date where it is of another day. `at` and `now` in milliseconds since 1970. */
export function clockTime(at: number, now = Date.now()): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return new Date(at).toLocaleString(undefined, { timeStyle: 'short', ...(isToday ? {} : { dateStyle: 'short' }) });
}
