import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { atExit } from '../../host/atExit';

export interface NpmStart {
  output(): string;
  /** Waits until this was printed, and gives it. Fails where it ends without having said it. */
  said(what: RegExp): Promise<RegExpExecArray>;
  /** As Ctrl-C in a terminal: every process of the group gets the signal. */
  pressCtrlC(): void;
  /** The exit code, once everything that wrote to the output has ended. */
  readonly ended: Promise<number | null>;
  /** For a test that did not get that far: ends what is left. */
  kill(): Promise<void>;
}

const pauseMs = 100;
const killPatienceMs = 20_000;

/** `npm start` as typed in a checkout. It ends with this process at the latest. */
export function npmStart(checkout: string, flags: readonly string[], env: NodeJS.ProcessEnv): NpmStart {
  const npm = spawn('npm', ['start', ...(flags.length > 0 ? ['--', ...flags] : [])], {
    cwd: checkout,
    env: { ...process.env, CI: '', npm_config_update_notifier: 'false', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const ended = new Promise<number | null>((resolve) => npm.once('close', resolve));
  const forget = atExit(() => {
    signalGroup(npm, 'SIGKILL');
  });
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
    forget();
  });
  return {
    output: () => output,
    ended,
    said: async (what) => {
      const end = ended.then(() => true);
      for (;;) {
        const found = what.exec(output);
        if (found) return found;
        if (await Promise.race([end, pause(pauseMs, false)])) {
          return what.exec(output) ?? assert.fail(`npm start ended without saying ${String(what)}:\n${output}`);
        }
      }
    },
    pressCtrlC: () => {
      signalGroup(npm, 'SIGINT');
    },
    kill: async () => {
      if (hasEnded) return;
      // What it started is in groups of its own, which it ends where it is let.
      signalGroup(npm, 'SIGTERM');
      await Promise.race([ended, pause(killPatienceMs, undefined, { ref: false })]);
    },
  };
}

function signalGroup(npm: ChildProcess, signal: NodeJS.Signals): void {
  if (npm.pid === undefined) return;
  try {
    process.kill(-npm.pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}
