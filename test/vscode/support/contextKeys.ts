import { commands } from 'vscode';

/** The context keys that the extension has set since {@link watchContextKeys}: VS Code hands none of them out. */
export const contextKeys = new Map<unknown, unknown>();

/** The first value of each. */
export const firstContextKeys = new Map<unknown, unknown>();

export function watchContextKeys(): void {
  const executeCommand = commands.executeCommand.bind(commands);
  Object.assign(commands, {
    executeCommand: async (command: string, ...rest: unknown[]) => {
      if (command === 'setContext' && !firstContextKeys.has(rest[0])) firstContextKeys.set(rest[0], rest[1]);
      const result = await executeCommand(command, ...rest);
      if (command === 'setContext') contextKeys.set(rest[0], rest[1]);
      return result;
    },
  });
}
