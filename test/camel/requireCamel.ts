import { findJavaAndMaven } from './findJavaAndMaven';
import type { FoundTools } from './startCamelRuntimes';

/** For a hook in front of tests that need Apache Camel: without Java or Maven they are skipped with a sentence. */
export async function requireCamel(
  hook: Pick<Mocha.Context, 'skip'>,
  env: NodeJS.ProcessEnv = process.env,
  say: (sentence: string) => void = console.log,
): Promise<FoundTools> {
  const tools = await findJavaAndMaven(env);
  if (tools.kind === 'found') return tools;
  // Whoever builds for others must not pass because the tests could not run.
  if (env.CI !== undefined && env.CI !== '') throw new Error(tools.reason);
  say(`These tests are skipped: ${tools.reason}`);
  return hook.skip();
}

/** With an empty Maven cache the build downloads some 80 MB first. */
export const buildPatienceMs = 900_000;
