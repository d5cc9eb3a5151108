import { commands, type Disposable } from 'vscode';
import { commandIds, type CommandHandlers } from './commandIds';

/** Registers every command; its handler is looked up when it first runs. */
export function registerCommands(handlers: () => Promise<CommandHandlers>): Disposable[] {
  return commandIds.map((id) =>
    commands.registerCommand(id, async (...args: unknown[]) => {
      await (await handlers())[id](...withoutLostRow(args));
    }),
  );
}

/**
 * While a tree is drawn anew, VS Code knows its rows for nobody, and starts a row's command with `undefined`. That is not
 * the palette, which gives nothing at all and means the open flow: something was meant, and what is not known.
 */
function withoutLostRow(args: readonly unknown[]): readonly unknown[] {
  return args.length > 0 && args[0] === undefined ? [null, ...args.slice(1)] : args;
}
