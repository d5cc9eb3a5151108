import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { delimiter, join, relative } from 'node:path';
import { cacheFolder } from '../host/cacheFolder';
import { installOnce } from '../host/installOnce';
import { repositoryFolder } from '../host/repositoryFolder';
import { runCommand } from '../host/runCommand';
import { temporaryFolder } from '../host/temporaryFolder';

const project = join(repositoryFolder, 'test', 'camel-runtime');

/**
 * Builds `test/camel-runtime` with Maven, once per content: what is built lives outside of the checkout.
 *
 * @returns the class path
 */
export async function buildCamelRuntime(maven: string): Promise<string> {
  const folder = join(cacheFolder(), `camel-runtime-${contentDigest().slice(0, 16)}`);
  await installOnce(folder, (staging) => build(maven, staging));
  return [join(folder, 'classes'), join(folder, 'lib', '*')].join(delimiter);
}

async function build(maven: string, staging: string): Promise<void> {
  const scratch = temporaryFolder('pipebase-camel-build');
  try {
    const args = ['--batch-mode', '--quiet', '--file', join(project, 'pom.xml'), `-Dpipebase.build=${scratch.path}`];
    // Windows starts a batch file only through a shell.
    const isBatch = maven.endsWith('.cmd');
    await runCommand(isBatch ? `"${maven}"` : maven, [...args, 'compile', 'dependency:copy-dependencies'], {
      shell: isBatch,
    });
    for (const part of ['classes', 'lib']) {
      await cp(join(scratch.path, part), join(staging, part), { recursive: true });
    }
  } finally {
    scratch.remove();
  }
}

/** Of everything that is built: names and texts. */
function contentDigest(): string {
  const hash = createHash('sha256');
  for (const file of [join(project, 'pom.xml'), ...filesIn(join(project, 'src'))]) {
    hash
      .update(`${relative(project, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
