import { commands, window, type Disposable } from 'vscode';
import { commandIds, rowCommandIds, type CommandHandlers } from './commandIds';

/** Registers every command; its handler is looked up when it first runs. */
export function registerCommands(handlers: () => Promise<CommandHandlers>): Disposable[] {
  return commandIds.map((id) =>
    commands.registerCommand(id, async (...args: unknown[]) => {
      if (rowCommandIds.has(id) && isOfLostRow(args)) {
        void window.showInformationMessage(
          'The list was changing just then, and nothing was done. Choose the row again.',
        );
        return;
      }
      await (await handlers())[id](...args);
    }),
  );
}

/**
 * While a tree is drawn anew, VS Code knows its rows for nobody, and starts a row's command with `undefined`. That is not
 * the palette, which gives nothing at all and means the open flow: something was meant, and what is not known.
 */
function isOfLostRow(args: readonly unknown[]): boolean {
  return args.length > 0 && args[0] === undefined;
}
