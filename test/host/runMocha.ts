import Mocha from 'mocha';
import { markedWriter } from './testOutput';
import { type TestReport, writeTestReport } from './testReport';

/**
 * Runs mocha inside an extension host, for the runner module's `run()`: writes the report that {@link runExtensionTests}
 * reads, and rejects when a test failed, which is how VS Code learns of it.
 */
export async function runMocha(mocha: Mocha): Promise<void> {
  markOutput();
  const failures: TestReport['failures'][number][] = [];
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => {
      resolve(runner.stats);
    });
    runner.on('fail', (test, error: unknown) => {
      failures.push({ title: test.fullTitle(), message: error instanceof Error ? error.message : String(error) });
    });
  });
  const [passed, skipped] = [stats?.passes ?? 0, stats?.pending ?? 0];
  writeTestReport({ passed, failed: failures.length, skipped, failures });
  if (failures.length > 0) throw new Error(`${failures.length} of the tests in the extension host failed.`);
  // A pattern that matches no file must not pass for success.
  if (passed === 0) throw new Error('No test ran in the extension host.');
}

/**
 * The extension host's `console.log` cannot be assigned, so the whole console is replaced by one that inherits the rest.
 * Mocha's reporters keep a reference to the function they found when they were loaded.
 */
function markOutput(): void {
  const hosts = console;
  const log = markedWriter((line) => {
    hosts.log('%s', line);
  });
  globalThis.console = Object.create(hosts, { log: { value: log } }) as Console;
  Mocha.reporters.Base.consoleLog = log;
}
