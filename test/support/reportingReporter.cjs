// Mocha's spec reporter, which also writes the report that test/run.ts adds up.
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

class ReportingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, pending } = this.stats;
      const failures = this.failures.map((test) => ({ title: test.fullTitle(), message: String(test.err?.message) }));
      const path = process.env.PIPEBASE_TEST_REPORT;
      if (path) {
        writeFileSync(path, JSON.stringify({ passed: passes, failed: failures.length, skipped: pending, failures }));
      }
    });
  }
}

module.exports = ReportingReporter;
