import { commands, type Disposable } from 'vscode';
import { commandIds, type CommandHandlers } from './commandIds';

/** Registers every command; its handler is looked up when it first runs. */
export function registerCommands(handlers: () => Promise<CommandHandlers>): Disposable[] {
  return commandIds.map((id) =>
    commands.registerCommand(id, async (...args: unknown[]) => {
      await (await handlers())[id](...args);
    }),
  );
}
