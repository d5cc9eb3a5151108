import type { HostKind } from './chooseHost';

export interface StartFlags {
  readonly host?: HostKind;
  readonly port?: number;
  /** Environments that Apache Camel runs, instead of local ones. */
  readonly camel?: boolean;
  readonly help?: boolean;
}

export const startUsage = `npm start -- [--host desktop|server] [--port N] [--camel] [--help]

  --host desktop   a VS Code of this machine, or one that is downloaded
  --host server    VS Code in the browser
  --port N         VS Code in the browser, at this port (default: 8710, with --camel 8711, or any free one)
  --camel          real Apache Camel instead of the local environments; needs a JDK (17 or later) and Maven
  --help           these lines`;

/** @throws Error with a sentence for the person who typed the flags */
export function parseStartFlags(args: readonly string[]): StartFlags {
  const flags = readFlags(args.flatMap((arg) => splitAssignment(arg)));
  if (flags.host === 'desktop' && flags.port !== undefined) {
    throw new Error('--port is for VS Code in the browser: leave it out, or choose --host server.');
  }
  return flags;
}

function readFlags([flag, ...rest]: readonly string[]): StartFlags {
  if (flag === undefined) return {};
  const [value, ...others] = rest;
  switch (flag) {
    case '--help':
      return { help: true, ...readFlags(rest) };
    case '--camel':
      return { camel: true, ...readFlags(rest) };
    case '--host':
      return { host: parseHost(value), ...readFlags(others) };
    case '--port':
      return { port: parsePort(value), ...readFlags(others) };
    default:
      throw new Error(`npm start does not know "${flag}".\n\n${startUsage}`);
  }
}

/** `--port=1` is the same as `--port 1`. */
function splitAssignment(arg: string): string[] {
  const match = /^(--\w+)=(.*)$/.exec(arg);
  return match === null ? [arg] : match.slice(1);
}

function parseHost(value: string | undefined): HostKind {
  if (value === 'desktop' || value === 'server') return value;
  throw new Error(`--host takes desktop or server${given(value)}.`);
}

function parsePort(value: string | undefined): number {
  const port = Number(value);
  if (value !== undefined && /^\d+$/.test(value) && port >= 1 && port <= 65535) return port;
  throw new Error(`--port takes a number from 1 to 65535${given(value)}.`);
}

function given(value: string | undefined): string {
  return value === undefined ? '' : `, not "${value}"`;
}
