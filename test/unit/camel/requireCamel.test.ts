import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findJavaAndMaven } from '../../camel/findJavaAndMaven';
import { requireCamel } from '../../camel/requireCamel';
import { type TemporaryFolder, temporaryFolder } from '../../host/temporaryFolder';

/** Machines with more or less of Java and Maven; what is on them are scripts. */
describe('Java and Maven', function () {
  if (process.platform === 'win32') return;
  let folder: TemporaryFolder;
  let env: NodeJS.ProcessEnv;
  beforeEach(() => {
    folder = temporaryFolder('pipebase-java');
    env = { PATH: ['java', 'maven'].map((name) => join(folder.path, name, 'bin')).join(delimiter) };
  });
  afterEach(() => {
    folder.remove();
  });

  function install(place: string, command: string, script = ''): string {
    const path = join(folder.path, place, 'bin', command);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  function installJava(version: string, place = 'java'): string {
    return install(place, 'java', `echo 'openjdk version "${version}" 2025-01-01' >&2`);
  }

  const sentence = /^Apache Camel needs a JDK \(17 or later\) and Maven, and (.*)\.$/;

  async function assertMissing(reason: string): Promise<void> {
    const tools = await findJavaAndMaven(env);
    assert.ok(tools.kind === 'missing', JSON.stringify(tools));
    assert.equal(sentence.exec(tools.reason)?.[1], reason);
  }

  it('are found on the PATH', async () => {
    const java = installJava('17.0.15');
    install('java', 'javac');
    const maven = install('maven', 'mvn');
    assert.deepEqual(await findJavaAndMaven(env), { kind: 'found', java, maven });
  });

  it('are found where JAVA_HOME says before the PATH, as Maven finds them', async () => {
    installJava('11.0.2');
    const java = installJava('21', 'home');
    install('home', 'javac');
    const maven = install('maven', 'mvn');
    env.JAVA_HOME = join(folder.path, 'home');
    assert.deepEqual(await findJavaAndMaven(env), { kind: 'found', java, maven });
  });

  it('are found where the java on the PATH is a link, and the compiler beside what it leads to', async () => {
    const target = installJava('17.0.15', 'jdk');
    install('jdk', 'javac');
    mkdirSync(join(folder.path, 'java', 'bin'), { recursive: true });
    symlinkSync(target, join(folder.path, 'java', 'bin', 'java'));
    install('maven', 'mvn');
    assert.equal((await findJavaAndMaven(env)).kind, 'found');
  });

  it('are missing without java', async () => {
    install('maven', 'mvn');
    await assertMissing('no `java` is on the PATH and JAVA_HOME names none');
  });

  it('are missing without mvn', async () => {
    installJava('17.0.15');
    install('java', 'javac');
    await assertMissing('no `mvn` is on the PATH');
  });

  for (const [version, shown] of Object.entries({ '11.0.26': '11', '1.8.0_442': '1', nonsense: '0' })) {
    it(`are missing where java is version ${version}`, async () => {
      const java = installJava(version);
      install('java', 'javac');
      install('maven', 'mvn');
      await assertMissing(`${java} is Java ${shown}`);
    });
  }

  it('are missing where java has no compiler beside it, though there is another one', async () => {
    const java = installJava('17.0.15');
    install('maven', 'javac');
    install('maven', 'mvn');
    await assertMissing(`there is no compiler (\`javac\`) beside ${java}`);
  });

  describe('that are missing', () => {
    const skipped = new Error('skipped');
    const hook = {
      skip: (): never => {
        throw skipped;
      },
    };
    const said: string[] = [];
    const say = (text: string): void => void said.push(text);
    beforeEach(() => {
      said.length = 0;
    });

    it('have the tests skipped with a sentence', async () => {
      await assert.rejects(requireCamel(hook, env, say), skipped);
      assert.equal(said.length, 1);
      assert.match(said[0] ?? '', /^These tests are skipped: Apache Camel needs a JDK .* no `java` is on the PATH/);
    });

    it('have them skipped where CI is empty', async () => {
      await assert.rejects(requireCamel(hook, { ...env, CI: '' }, say), skipped);
    });

    it('have them fail where CI is set', async () => {
      await assert.rejects(requireCamel(hook, { ...env, CI: 'true' }, say), { message: sentence });
      assert.deepEqual(said, []);
    });
  });

  it('are handed on where they are there', async () => {
    installJava('17.0.15');
    install('java', 'javac');
    const maven = install('maven', 'mvn');
    const never = (): never => assert.fail('nothing is skipped');
    assert.equal((await requireCamel({ skip: never }, { ...env, CI: 'true' }, never)).maven, maven);
  });
});
