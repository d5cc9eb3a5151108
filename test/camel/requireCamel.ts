import { findJavaAndMaven } from './findJavaAndMaven';
import type { FoundTools } from './startCamelRuntimes';

/** For a hook in front of tests that need Apache Camel: without Java or Maven they are skipped with a sentence. */
export async function requireCamel(hook: Mocha.Context): Promise<FoundTools> {
  const tools = await findJavaAndMaven();
  if (tools.kind === 'found') return tools;
  // Whoever builds for others must not pass because the tests could not run.
  if (process.env.CI !== undefined && process.env.CI !== '') throw new Error(tools.reason);
  console.log(`These tests are skipped: ${tools.reason}`);
  return hook.skip();
}

/** With an empty Maven cache the build downloads some 80 MB first. */
export const buildPatienceMs = 900_000;
