import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { packageExtension, readmePath } from '../host/packageExtension';
import { repositoryFolder } from '../host/repositoryFolder';
import { packageFaults } from './packageFaults';

const budgetBytes = 1024 * 1024;

async function packageAndCheck(): Promise<void> {
  const vsix = await packageExtension();
  const faults = packageFaults(packagedFiles());
  if (faults.length > 0) {
    throw new Error(faults.join('\n'));
  }
  const { size } = statSync(vsix);
  console.log(`${vsix}: ${(size / 1024).toFixed(0)} KB of ${String(budgetBytes / 1024)} KB`);
  if (size > budgetBytes) {
    throw new Error('The package is over its budget.');
  }
}

function packagedFiles(): readonly string[] {
  const vsce = join(repositoryFolder, 'node_modules', '@vscode', 'vsce', 'vsce');
  const flags = ['--no-dependencies', '--readme-path', readmePath];
  const listed = execFileSync(process.execPath, [vsce, 'ls', ...flags], { encoding: 'utf8' });
  return listed.split(/\r?\n/).filter((line) => line !== '');
}

packageAndCheck().catch((error: unknown) => {
  console.error(String(error));
  process.exitCode = 1;
});
