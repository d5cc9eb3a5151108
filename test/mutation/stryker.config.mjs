// npm run mutate: breaks the code of the promotion model and of the parameters in every small way there is, and counts
// how many of the breaks a unit test notices.
export default {
  mutate: ['src/core/promotion/**/*.ts', 'src/core/parameters/**/*.ts'],
  plugins: ['./test/mutation/mochaRunner.mjs'],
  testRunner: 'mocha-in-process',
  coverageAnalysis: 'perTest',
  concurrency: 1,
  reporters: ['clear-text', 'json'],
  clearTextReporter: { reportTests: false, allowColor: false },
  jsonReporter: { fileName: 'out/mutation/report.json' },
  tempDirName: 'out/mutation/sandbox',
  ignorePatterns: ['dist', 'out', 'media', '.github', '.ci', 'test/fixtures', 'test/ui', 'test/camel*', 'test/webview'],
  thresholds: { break: 85, low: 85, high: 95 },
  timeoutMS: 10_000,
};
