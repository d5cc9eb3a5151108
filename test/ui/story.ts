/** For a mocha suite whose tests are one story: after a step that failed, those that build on it are skipped. */
export function story(): void {
  let hasFailed = false;
  beforeEach(function () {
    if (hasFailed) this.skip();
  });
  afterEach(function () {
    hasFailed ||= this.currentTest?.state === 'failed';
  });
}
