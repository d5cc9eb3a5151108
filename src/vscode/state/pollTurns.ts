/** After so many failures in a row a place is asked at every tenth turn only. */
const longestPause = 10;

/**
 * Whose turn it is to be read. Every place goes by itself: one that does not answer makes no other one wait, is not
 * asked again while it is being asked, and has to sit out more and more turns (1, 3, 7, at most 9) until it answers.
 */
export class PollTurns {
  private readonly underWay = new Set<string>();
  private readonly pauses = new Map<string, { readonly step: number; readonly left: number }>();

  /** One turn for all `places`. `read` resolves to whether the place answered. */
  turn(places: readonly string[], read: (place: string) => Promise<boolean>): void {
    for (const place of places) {
      if (!this.underWay.has(place) && !this.sitsOut(place)) {
        void this.readOne(place, read);
      }
    }
  }

  private sitsOut(place: string): boolean {
    const pause = this.pauses.get(place);
    if (!pause || pause.left === 0) {
      return false;
    }
    this.pauses.set(place, { ...pause, left: pause.left - 1 });
    return true;
  }

  private async readOne(place: string, read: (place: string) => Promise<boolean>): Promise<void> {
    this.underWay.add(place);
    const hasAnswered = await read(place).catch(() => false);
    this.underWay.delete(place);
    if (hasAnswered) {
      this.pauses.delete(place);
      return;
    }
    const step = Math.min(longestPause, 2 * (this.pauses.get(place)?.step ?? 1));
    this.pauses.set(place, { step, left: step - 1 });
  }
}
