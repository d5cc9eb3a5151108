import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'mocha';
import { repositoryFolder } from '../host/repositoryFolder';

/** Flows as others wrote them, in a folder that is no part of the repository. */
const folder = process.env.PIPEBASE_REAL_FLOWS ?? join(repositoryFolder, '..', 'shared', 'data', 'real-flows');

/** Path and text of each, or the test is skipped and says why. */
export function realFlows(test: Context): readonly (readonly [string, string])[] {
  if (!existsSync(folder)) {
    console.log(`      There are no real flows at ${folder}. PIPEBASE_REAL_FLOWS names a folder that has some.`);
    test.skip();
  }
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.camel.yaml'),
  );
  return paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]);
}
