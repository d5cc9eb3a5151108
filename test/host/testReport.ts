import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** How a run of mocha inside the extension host ended. It travels out of there in the file `PIPEBASE_TEST_REPORT` names. */
export interface TestReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly { readonly title: string; readonly message: string }[];
}

const variable = 'PIPEBASE_TEST_REPORT';

/** The environment in which {@link writeTestReport} writes to this file. */
export function reportEnvironment(path: string): NodeJS.ProcessEnv {
  return { [variable]: path };
}

export function writeTestReport(report: TestReport): void {
  const path = process.env[variable];
  if (path !== undefined && path !== '') writeFileSync(path, JSON.stringify(report));
}

/** @returns undefined where the run ended before it could report */
export function readTestReport(path: string): TestReport | undefined {
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, 'utf8')) as TestReport;
}

/** A run without a single test proves nothing: its files were not found. */
export function hasRunNothing({ passed, failed, skipped }: TestReport): boolean {
  return passed + failed + skipped === 0;
}
