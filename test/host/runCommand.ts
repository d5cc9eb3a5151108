import { type StartOptions, startOwnedProcess } from './ownedProcess';

const shownLines = 30;

/**
 * Runs a command to its end, quietly.
 *
 * @returns what it wrote
 * @throws Error with the last lines it wrote, when it does not end with code 0
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: StartOptions = {},
): Promise<string> {
  const running = startOwnedProcess(command, args, options);
  const code = await running.exited;
  await running.stop();
  if (code === 0) return running.output();
  const tail = running.output().trimEnd().split('\n').slice(-shownLines).join('\n');
  throw new Error(`${[command, ...args].join(' ')} ended with code ${code}:\n${tail}`);
}
