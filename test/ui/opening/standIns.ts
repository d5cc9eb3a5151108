import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** A program that stands in for one that is not here, and notes what it was called with. */
export interface StandIn {
  /** Its folder first on the PATH. */
  readonly path: string;
  /** Its arguments, one list a call. */
  calls(): string[][];
}

/** Notes its arguments and ends. */
export function standInOpener(file: string): StandIn {
  return standIn(file, '');
}

/** A window takes a moment to close. A second signal ends it at once, and it is still noted as open then. */
const closingMs = 500;

/**
 * As the `code` command does: starts the window outside its own process tree, has it note its process in the user data,
 * and with `--wait` ends when the window has. Told to run tests, it reports one that passed.
 */
export function standInCode(file: string): StandIn {
  return standIn(
    file,
    `
    const { existsSync, mkdirSync, writeFileSync } = require('node:fs');
    const value = (flag) => {
      const at = process.argv.findIndex((arg) => arg === flag || arg.startsWith(flag + '='));
      return at < 0 ? undefined : process.argv[at].includes('=') ? process.argv[at].slice(flag.length + 1) : process.argv[at + 1];
    };
    const userData = value('--user-data-dir');
    if (value('--extensionTestsPath')) {
      const report = { passed: existsSync(value('--extensionTestsPath')) ? 1 : 0, failed: 0, skipped: 0, failures: [] };
      writeFileSync(process.env.PIPEBASE_TEST_REPORT, JSON.stringify(report));
    } else {
      const lock = userData + '/code.lock';
      const window = \`const { rmSync, writeFileSync } = require('node:fs');
        const close = () => { rmSync(process.argv[1]); process.exit(); };
        process.once('SIGTERM', () => setTimeout(close, ${closingMs}));
        setInterval(() => undefined, 1000);
        writeFileSync(process.argv[1], String(process.pid));\`;
      mkdirSync(userData, { recursive: true });
      const child = require('node:child_process').spawn(
        process.execPath, ['-e', window, lock], { detached: true, stdio: 'ignore' });
      child.once('exit', () => process.exit(0));
    }`,
  );
}

function standIn(file: string, then: string): StandIn {
  const log = `${file}.calls`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `#!${process.execPath}
    require('node:fs').appendFileSync(${JSON.stringify(log)}, JSON.stringify(process.argv.slice(2)) + '\\n');
    ${then}`,
  );
  chmodSync(file, 0o755);
  return {
    path: `${dirname(file)}${delimiter}${process.env.PATH ?? ''}`,
    calls: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as string[])
        : [],
  };
}

/** Of a stand-in for VS Code: whether its window runs, and the way a person closes it. */
export function standInWindow(userData: string): { isOpen(): boolean; close(): void } {
  const lock = join(userData, 'code.lock');
  return {
    isOpen: () => existsSync(lock) && readFileSync(lock, 'utf8') !== '',
    close: () => {
      process.kill(Number(readFileSync(lock, 'utf8')));
    },
  };
}
