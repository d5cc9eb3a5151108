// Runs the unit tests inside Stryker's worker, again and again in one process. Stryker's own runner for Mocha knows no
// Mocha 12 yet; when it does, it can take this one's place.
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Mocha from 'mocha';
import { register } from 'tsx/cjs/api';

const folders = ['parameters', 'operations', 'promotion'];
/** Thousands of random sequences: what a quick test can kill, it should. */
const slow = 'promotionModel';

class MochaRunner {
  // What the instrumented code looks at: which mutant is alive, and where to note what was covered.
  shared = (globalThis.__stryker__ ??= {});
  isLoaded = false;

  capabilities() {
    // A module that was loaded stays: for what runs while modules load, Stryker takes a new process.
    return { reloadEnvironment: false };
  }

  init() {
    register();
    this.mocha = new Mocha({ timeout: 0, reporter: class Silent {} });
    this.mocha.cleanReferencesAfterRun(false);
    // The working directory is Stryker's copy of the project by now, with the broken code in it.
    const paths = folders.map((name) => resolve('test', 'unit', 'core', name));
    const files = paths.flatMap((path) => readdirSync(path).map((name) => join(path, name)));
    for (const file of files.sort((one, other) => Number(one.includes(slow)) - Number(other.includes(slow)))) {
      this.mocha.addFile(file);
    }
  }

  async dryRun() {
    const result = await this.run(undefined, true);
    return { ...result, mutantCoverage: this.shared.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation }) {
    if (mutantActivation === 'static') this.shared.activeMutant = activeMutant.id;
    this.shared.hitLimit = hitLimit;
    this.shared.hitCount = hitLimit === undefined ? undefined : 0;
    const wanted = testFilter && new Set(testFilter);
    return toMutantRunResult(await this.run(activeMutant.id, false, wanted));
  }

  /** Until the first failure, except where coverage is taken. */
  async run(activeMutant, isDry, wanted) {
    if (!this.isLoaded) {
      this.mocha.loadFiles();
      this.isLoaded = true;
    }
    this.shared.activeMutant = activeMutant;
    this.mocha.bail(!isDry);
    this.mocha.grep(wanted ? { test: (title) => wanted.has(title) } : /./);
    const results = await this.results();
    const timeout = determineHitLimitReached(this.shared.hitCount, this.shared.hitLimit);
    return timeout ?? { status: DryRunStatus.Complete, tests: results };
  }

  results() {
    const results = [];
    return new Promise((done) => {
      const runner = this.mocha.run(() => done(results));
      const note = (test, status) => {
        const name = test.fullTitle();
        const { duration: timeSpentMs = 0 } = test;
        results.push({ id: name, name, timeSpentMs, ...status });
      };
      runner.on('test', (test) => (this.shared.currentTestId = test.fullTitle()));
      runner.on('pass', (test) => note(test, { status: TestStatus.Success }));
      runner.on('fail', (test, error) => {
        note(test, { status: TestStatus.Failed, failureMessage: String(error?.message ?? error) });
      });
    });
  }

  dispose() {
    this.mocha.dispose();
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'mocha-in-process', MochaRunner)];
