/**
 * This process's environment without what a VS Code around it left there (its terminal sets `VSCODE_*` and
 * `ELECTRON_RUN_AS_NODE`, and a second VS Code started with them misbehaves).
 */
export function childEnvironment(
  extra: NodeJS.ProcessEnv = {},
  inherited: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const kept = Object.entries(inherited).filter(([name]) => !/^(VSCODE_|ELECTRON_)/.test(name));
  return { ...Object.fromEntries(kept), ...extra };
}
