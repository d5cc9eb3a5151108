import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { everTold, person } from './support/person';
import { until } from './support/until';
import { World, usedTokens } from './support/world';

const secretValue = 'pa55-never-on-disk';
const plainValue = 'plain-value-7261';

/** The last suite: it looks at what all the others left. */
describe('what is left of a run', () => {
  before(async () => {
    const world = await World.open();
    await world.write(
      'pipebase.yaml',
      `${world.registryText()}parameters: { db-password: { secret: true }, plain: ${plainValue} }\n`,
    );
    await world.addFlow('guarded', '- from: {uri: "timer:x?p={{db-password}}&q={{plain}}", steps: []}\n');
    person.types = () => secretValue;
    await world.run('pipebase.parameter.setSecret', { environment: 'dev', key: 'db-password' });
    assert.equal(
      person.told.at(-1)?.message,
      'The value of db-password in dev is stored. It is sent with the next deploy there.',
    );
    await world.run('pipebase.flow.deploy', { flow: 'guarded', environment: 'dev' });
    assert.match(world.dev.writes()[0]?.body ?? '', new RegExp(secretValue));
    await world.close();
  });

  /** Everything that this VS Code has written: workspace, storage, settings, logs. */
  function written(): readonly { readonly path: string; readonly text: string }[] {
    const root = dirname(process.env.PIPEBASE_TEST_REPORT ?? '');
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .flatMap((path) => {
        try {
          return [{ path, text: readFileSync(path, 'latin1') }];
        } catch (error) {
          // VS Code took it away meanwhile.
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
          throw error;
        }
      });
  }

  it('is a log of every operation, and records of them', async () => {
    await until(() => {
      const holding = (needle: string): readonly string[] =>
        written()
          .filter(({ text }) => text.includes(needle))
          .map(({ path }) => path);
      assert.ok(
        holding('deploy guarded').some((path) => path.endsWith('.log')),
        'the log does not have the operation',
      );
      assert.ok(holding('"flow":"guarded"').some((path) => path.endsWith('operations.jsonl')));
    });
  });

  it('holds no token and no secret value, in no file', () => {
    assert.ok(usedTokens.length >= 12, 'the suites before used tokens');
    const files = written();
    for (const secret of [...usedTokens, secretValue]) {
      const holding = files.filter(({ text }) => text.includes(secret)).map(({ path }) => path);
      assert.deepEqual(holding, []);
    }
  });

  it('holds no parameter value outside the files of the workspace', () => {
    const holding = written().filter(({ text }) => text.includes(plainValue));
    assert.deepEqual(
      holding.map(({ path }) => path),
      [],
    );
  });

  it('has told no token and no secret value, and only whole sentences', () => {
    assert.ok(everTold.length > 10);
    for (const { message, detail = '' } of everTold) {
      // What follows the first paragraph of a detail may be a list of flows.
      for (const text of [message, detail.split('\n\n')[0] ?? ''].filter((each) => each !== '')) {
        assert.match(text, /[.?!)]$/);
      }
      assert.doesNotMatch(`${message}\n${detail}`, /undefined|\[object|NaN| {2}/);
      for (const secret of [...usedTokens, secretValue]) assert.ok(!`${message}${detail}`.includes(secret));
    }
  });
});
