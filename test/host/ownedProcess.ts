import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { atExit } from './atExit';
import { childEnvironment } from './childEnvironment';
import { within } from './within';

export interface OwnedProcess {
  /** Resolves with the exit code, or with 1 when a signal or a failed start ended it. Never rejects. */
  readonly exited: Promise<number>;
  /** Everything it wrote so far, both streams. */
  output(): string;
  /** Calls back with each piece of output, those that are already there included. */
  onOutput(listener: (text: string) => void): void;
  /** Ends it and all its descendants: as Ctrl-C does, and at once with SIGKILL. Then `output()` is complete. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export interface StartOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  shell?: boolean;
}

const patienceMs = 5000;
/** For the last of its output, which arrives after its end. Somebody outside of its tree may keep the pipes open. */
const outputPatienceMs = 2000;

/** Starts a process that cannot outlive this one: its whole tree is ended by `stop()` or when this process ends. */
export function startOwnedProcess(command: string, args: readonly string[], options: StartOptions = {}): OwnedProcess {
  const child = spawn(command, args, {
    cwd: options.cwd ?? process.cwd(),
    env: childEnvironment(options.env),
    shell: options.shell ?? false,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that one signal reaches its descendants too.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const output = collectOutput(child);
  const exited = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      output.add(`${String(error)}\n`);
      resolve(1);
    });
    child.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });
  const forget = atExit(() => {
    signalTree(child, 'SIGKILL');
  });
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> => {
    signalTree(child, signal);
    const timer = setTimeout(() => {
      signalTree(child, 'SIGKILL');
    }, patienceMs);
    await exited;
    clearTimeout(timer);
    // The first process is gone; what it left behind goes now.
    signalTree(child, 'SIGKILL');
    forget();
    await within(outputPatienceMs, undefined, closed);
  };
  return { exited, output: output.text, onOutput: output.listen, stop };
}

interface Output {
  readonly add: (text: string) => void;
  readonly text: () => string;
  readonly listen: (listener: (text: string) => void) => void;
}

function collectOutput(child: ChildProcess): Output {
  let all = '';
  const listeners: ((text: string) => void)[] = [];
  const add = (text: string): void => {
    all += text;
    for (const listener of listeners) listener(text);
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', add);
  }
  const listen = (listener: (text: string) => void): void => {
    if (all !== '') listener(all);
    listeners.push(listener);
  };
  return { add, text: () => all, listen };
}

function signalTree(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}
