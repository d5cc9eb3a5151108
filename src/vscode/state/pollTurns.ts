/** After so many failures in a row a place is asked at every tenth turn only. */
const longestPause = 10;

export interface PollPlace {
  /** A place that is reached otherwise is another one, and begins without a pause. */
  readonly key: string;
  /** Whether its current reading, whoever asked for it, is an answer. */
  answers(): boolean;
  read(): Promise<void>;
}

/**
 * Whose turn it is to be read. Every place goes by itself: one that does not answer makes no other one wait, is not
 * asked again while it is being asked, and has to sit out more and more turns (1, 3, 7, at most 9) until it answers.
 */
export class PollTurns {
  private readonly underWay = new Set<string>();
  private readonly pauses = new Map<string, { readonly step: number; readonly left: number }>();

  /** One turn for all `places`. */
  turn(places: readonly PollPlace[]): void {
    for (const place of places) {
      if (place.answers()) {
        this.pauses.delete(place.key);
      }
      if (!this.underWay.has(place.key) && !this.sitsOut(place)) {
        void this.readOne(place);
      }
    }
  }

  private sitsOut({ key }: PollPlace): boolean {
    const pause = this.pauses.get(key);
    if (!pause || pause.left === 0) {
      return false;
    }
    this.pauses.set(key, { ...pause, left: pause.left - 1 });
    return true;
  }

  private async readOne(place: PollPlace): Promise<void> {
    this.underWay.add(place.key);
    await place.read().catch(() => undefined);
    this.underWay.delete(place.key);
    if (!place.answers()) {
      const step = Math.min(longestPause, 2 * (this.pauses.get(place.key)?.step ?? 1));
      this.pauses.set(place.key, { step, left: step - 1 });
    }
  }
}
