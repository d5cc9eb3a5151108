/** A repository's settings must not be able to hammer a runtime. */
const leastSeconds = 5;
/** What package.json allows, and far below what a timer can hold: beyond that it would fire every millisecond. */
const mostSeconds = 3600;

/** From the setting, in seconds, to milliseconds between two readings; 0: none by themselves. */
export function clampInterval(seconds: number): number {
  return seconds > 0 ? Math.min(Math.max(seconds, leastSeconds), mostSeconds) * 1000 : 0;
}
