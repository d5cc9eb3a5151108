import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from './runCommand';

const always = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--loglevel=error'];

/**
 * `npm install` in a folder, without running any package's scripts. Registry, proxy and certificates are whatever this
 * person's npm is configured with.
 */
export async function npmInstall(folder: string, args: readonly string[]): Promise<void> {
  const [command, first] = npmCommand();
  await runCommand(command, [...first, 'install', ...args, ...always], { cwd: folder, env: outsideThisProject });
}

/** npm passes its own place on to the scripts it runs; a second npm would take those folders for its own. */
const outsideThisProject: NodeJS.ProcessEnv = {
  npm_config_local_prefix: undefined,
  npm_config_prefix: undefined,
  npm_package_json: undefined,
};

function npmCommand(): [command: string, first: string[]] {
  const script = npmScript();
  // Through Node, because on Windows `npm` is a batch file, which cannot be started without a shell.
  return script === undefined ? ['npm', []] : [process.execPath, [script]];
}

function npmScript(): string | undefined {
  const running = process.env.npm_execpath;
  // Another package manager sets the same variable.
  if (running?.endsWith('npm-cli.js')) return running;
  const besideNode = join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  return existsSync(besideNode) ? besideNode : undefined;
}
