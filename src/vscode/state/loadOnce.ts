/** What is loaded once, for everybody who asks; where that failed, the next one who asks tries again. */
export class LoadOnce<T> {
  private loading: Promise<T> | undefined;

  constructor(private readonly load: () => Promise<T>) {}

  /** Undefined where nobody has asked, or it failed. */
  get begun(): Promise<T> | undefined {
    return this.loading;
  }

  get(): Promise<T> {
    return this.loading ?? this.again();
  }

  /** Loads anew, for everybody who asks from now on. */
  again(): Promise<T> {
    const loading = this.load();
    this.loading = loading;
    loading.catch(() => {
      if (this.loading === loading) {
        this.loading = undefined;
      }
    });
    return loading;
  }
}
