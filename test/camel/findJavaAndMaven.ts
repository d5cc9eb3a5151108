import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findOnPath } from '../host/findOnPath';
import { runCommand } from '../host/runCommand';

const oldestJava = 17;
const windowsEnding = process.platform === 'win32' ? '.exe' : '';

export type JavaAndMaven =
  | { readonly kind: 'found'; readonly java: string; readonly maven: string }
  /** A sentence for the person who runs the tests. */
  | { readonly kind: 'missing'; readonly reason: string };

/** What it takes to build and run Apache Camel here: a JDK of 17 or later, and Maven. */
export async function findJavaAndMaven(env: NodeJS.ProcessEnv = process.env): Promise<JavaAndMaven> {
  const java = javaOf(env);
  if (java === undefined) return missing('no `java` is on the PATH and JAVA_HOME names none');
  const maven = findOnPath(process.platform === 'win32' ? ['mvn.cmd'] : ['mvn'], env);
  if (maven === undefined) return missing('no `mvn` is on the PATH');
  const version = await versionOf(java);
  if (version < oldestJava) return missing(`${java} is Java ${version}`);
  // Maven compiles with the Java that it runs on, whatever other compilers there are.
  if (!existsSync(join(dirname(realpathSync(java)), `javac${windowsEnding}`))) {
    return missing(`there is no compiler (\`javac\`) beside ${java}`);
  }
  return { kind: 'found', java, maven };
}

function missing(reason: string): JavaAndMaven {
  return { kind: 'missing', reason: `Apache Camel needs a JDK (${oldestJava} or later) and Maven, and ${reason}.` };
}

function javaOf(env: NodeJS.ProcessEnv): string | undefined {
  const home = env.JAVA_HOME;
  const own = home === undefined || home === '' ? undefined : join(home, 'bin', `java${windowsEnding}`);
  return own !== undefined && existsSync(own) ? own : findOnPath([`java${windowsEnding}`], env);
}

/** 0 where it does not say. Before Java 9 the version began with `1.`, which is too old, too. */
async function versionOf(java: string): Promise<number> {
  const output = await runCommand(java, ['-version']).catch(() => '');
  return Number(/version "(\d+)/.exec(output)?.[1] ?? 0);
}
