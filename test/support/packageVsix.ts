import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { repositoryFolder } from '../host/repositoryFolder';
import { statSync } from 'node:fs';
import { packageExtension } from '../host/packageExtension';

/** Only what runs: nothing else may slip into what people install. */
const allowed = [
  /^package\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^media\/(icon\.png|[\w-]+\.svg)$/,
  /^dist\/(extension|app|transport)\.js$/,
  /^dist\/webview\/matrix\.(js|css)$/,
  /^dist\/schemas\/[\w.-]+\.json$/,
];
const budgetBytes = 1024 * 1024;

async function packageAndCheck(): Promise<void> {
  const files = packagedFiles();
  const strangers = files.filter((file) => !allowed.some((pattern) => pattern.test(file)));
  if (strangers.length > 0) {
    throw new Error(`These files do not belong into the package: ${strangers.join(', ')}`);
  }
  const vsix = await packageExtension();
  const { size } = statSync(vsix);
  console.log(`${vsix}: ${(size / 1024).toFixed(0)} KB of ${String(budgetBytes / 1024)} KB`);
  if (size > budgetBytes) {
    throw new Error('The package is over its budget.');
  }
}

function packagedFiles(): readonly string[] {
  const vsce = join(repositoryFolder, 'node_modules', '@vscode', 'vsce', 'vsce');
  const listed = execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], { encoding: 'utf8' });
  return listed.split('\n').filter((line) => line !== '');
}

packageAndCheck().catch((error: unknown) => {
  console.error(String(error));
  process.exitCode = 1;
});
