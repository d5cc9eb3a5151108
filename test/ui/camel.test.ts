import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPatienceMs, requireCamel } from '../camel/requireCamel';
import { type ServerStandIns, startServerStandIns } from '../camel/serverStandIns';
import {
  camelEnvironments,
  type CamelEnvironment,
  type CamelRuntime,
  type CamelRuntimes,
  startCamelRuntimes,
} from '../camel/startCamelRuntimes';
import { type Folder, folderWith } from './folderWith';
import { giveToken } from './giveToken';
import { isGreen } from './isGreen';
import { settled } from './settled';
import { story } from './story';
import { windowForSuite } from './windowForSuite';

const greeting = `- route:
    id: greeting
    description: Greet over HTTP
    from:
      uri: platform-http:/greeting
      steps:
        - setBody:
            simple: Hello \${header.name} from {{place}}
`;
const heartbeat = `- route:
    id: heartbeat
    description: Log a heartbeat
    from:
      uri: timer:heartbeat
      parameters:
        period: '{{period}}'
      steps:
        - log: Alive in {{place}}
`;
/** Camel asks S3 for the bucket before it takes the flow, so a deploy lasts as long as the answer does. */
const archive = `- route:
    id: archive
    from:
      uri: direct:archive
      steps:
        - to: aws2-s3:archive?region=eu-central-1&useDefaultCredentialsProvider=true
`;
const next = { dev: 'test', test: 'staging', staging: 'prod' } as const;
const everywhere = { dev: 'In sync', test: 'In sync', staging: 'In sync', prod: 'In sync' };

function registry(runtime: (id: CamelEnvironment) => CamelRuntime): string {
  const environments = camelEnvironments.map((id) =>
    [
      `  ${id}:`,
      `    url: ${runtime(id).url}`,
      id === 'prod' ? '    protected: true' : `    promotesTo: ${next[id]}`,
      `    parameters: { place: the ${id} place }`,
    ].join('\n'),
  );
  return `version: 1\nparameters: { period: 200 }\nenvironments:\n${environments.join('\n')}\n`;
}

describe('Environments that real Apache Camel runs', () => {
  story();
  let standIns: ServerStandIns | undefined;
  let started: CamelRuntimes | undefined;
  let folder: Folder | undefined;
  before('start Apache Camel', async function () {
    this.timeout(buildPatienceMs);
    const tools = await requireCamel(this);
    standIns = await startServerStandIns();
    started = await startCamelRuntimes(tools, standIns.environment);
  });
  const opened = windowForSuite(() => {
    folder = folderWith('on-camel', {
      'pipebase.yaml': registry(runtime),
      'greeting.camel.yaml': greeting,
      'heartbeat.camel.yaml': heartbeat,
    });
    return Promise.resolve({ workspace: folder.path });
  });
  after(async () => {
    await started?.stop();
    await standIns?.close();
    folder?.remove();
  });

  const runtime = (id: CamelEnvironment): CamelRuntime => {
    if (!started) throw new Error('Apache Camel does not run.');
    return started.of(id);
  };
  const openMatrixOf = async (flow: string, file: string): Promise<void> => {
    const { driver, matrix } = opened();
    await driver.treeRow(flow, 'Flows').click();
    await driver.untilShown(file);
    await driver.clickCodeLens('Promotion Matrix');
    await settled(
      `the matrix of ${flow}`,
      () => matrix.page.getByRole('heading', { level: 1 }).innerText(),
      (heading) => heading === flow,
    );
  };
  const promoteAlongTheChain = async (check: (id: CamelEnvironment) => Promise<void>): Promise<void> => {
    const { driver, matrix } = opened();
    for (const to of Object.values(next)) {
      await matrix.click(to, `Promote to ${to}`);
      if (to === 'prod') await driver.answerDialog('Promote to prod');
      await matrix.shows({ [to]: 'In sync' });
      await check(to);
    }
  };
  const ask = async (id: CamelEnvironment): Promise<string> => {
    const response = await fetch(`${runtime(id).url}/greeting?name=you`);
    return response.ok ? response.text() : `${response.status}`;
  };
  const save = (yaml: string): void => {
    writeFileSync(join(opened().window.workspaceDir, 'greeting.camel.yaml'), yaml);
  };
  const saved = (): string => readFileSync(join(opened().window.workspaceDir, 'greeting.camel.yaml'), 'utf8');

  it('are used with the tokens that a person types', async () => {
    const { driver } = opened();
    await driver.openViewContainer('Pipebase');
    for (const id of camelEnvironments) {
      await giveToken(driver, id, runtime(id).token);
      await driver.treeRow(new RegExp(`^${id}.*Camel 4\\.\\d+\\.\\d+ · 0 flows`, 's'), 'Environments').waitFor();
    }
  });

  it('answer over HTTP where a flow is deployed, and nowhere else', async () => {
    const { driver, matrix } = opened();
    await openMatrixOf('Greet over HTTP', 'greeting.camel.yaml');
    await matrix.click('dev', 'Deploy');
    assert.match(await driver.notificationText('Deployed'), /Deployed Greet over HTTP to dev: in sync/);
    await matrix.shows({ dev: 'In sync', test: 'Not deployed' });
    assert.equal(await ask('dev'), 'Hello you from the dev place');
    assert.equal(await ask('test'), '404');
  });

  it('answer with their own parameters after each promotion', async () => {
    await promoteAlongTheChain(async (id) => {
      assert.equal(await ask(id), `Hello you from the ${id} place`);
    });
    await opened().matrix.shows(everywhere);
  });

  it('log with their own parameters, by a timer', async () => {
    const { matrix } = opened();
    await openMatrixOf('Log a heartbeat', 'heartbeat.camel.yaml');
    await matrix.click('dev', 'Deploy');
    await matrix.shows({ dev: 'In sync', test: 'Not deployed' });
    await hasLogged(runtime('dev'), 'Alive in the dev place');
    await promoteAlongTheChain((id) => hasLogged(runtime(id), `Alive in the ${id} place`));
    for (const id of camelEnvironments) {
      const said = new Set(
        [
          ...runtime(id)
            .output()
            .matchAll(/Alive in the (\w+) place/g),
        ].map(([, place]) => place),
      );
      assert.deepEqual([...said], [id]);
    }
  });

  it('give another answer after an edit and a deploy', async () => {
    const { driver, matrix } = opened();
    await openMatrixOf('Greet over HTTP', 'greeting.camel.yaml');
    await driver.tab('greeting.camel.yaml').click();
    await driver.typeAtEndOfLine(8, ', again');
    await driver.save();
    await driver.codeLens('dev: Stale').first().waitFor();
    assert.equal(await ask('dev'), 'Hello you from the dev place');
    await driver.clickCodeLens('Deploy to dev');
    await driver.codeLens('dev: In sync').first().waitFor();
    assert.equal(await ask('dev'), 'Hello you from the dev place, again');
    assert.equal(await ask('test'), 'Hello you from the test place');
    await driver.tab('Promotion: Greet over HTTP').click();
    await matrix.shows({ dev: 'In sync', test: 'Stale', staging: 'Stale', prod: 'Stale' });
    await promoteAlongTheChain(async (id) => {
      assert.equal(await ask(id), `Hello you from the ${id} place, again`);
    });
  });

  it('answer no more after an undeploy, and again after a promotion', async () => {
    const { driver, matrix } = opened();
    await matrix.click('prod', 'Undeploy');
    await driver.answerDialog('Undeploy from prod');
    await matrix.shows({ prod: 'Not deployed', staging: 'In sync' });
    assert.equal(await ask('prod'), '404');
    assert.equal(await ask('staging'), 'Hello you from the staging place, again');
    await matrix.click('prod', 'Promote to prod');
    await driver.answerDialog('Promote to prod');
    await matrix.shows(everywhere);
    assert.equal(await ask('prod'), 'Hello you from the prod place, again');
  });

  it('are shown as they are when one dies in the middle of a deploy: never green', async () => {
    const { matrix } = opened();
    const held = standIns?.hold();
    save(saved() + archive);
    await matrix.shows({ dev: 'Stale' });
    const watch = watchBadge(() => matrix.badge('dev').innerText());
    await matrix.click('dev', 'Deploy');
    await held?.arrived;
    await runtime('dev').stop('SIGKILL');
    const rows = await settled(
      'the row of dev',
      () => matrix.rows(),
      ([dev]) => dev?.state === 'Unknown' || dev?.state === 'Unreachable',
    );
    assert.equal(await isGreen(matrix.badge('dev')), false);
    const seen = await watch.end();
    assert.ok(!seen.includes('In sync'), seen.join(', '));
    assert.ok(!rows.some(({ actions }) => actions.includes('Promote to test')), 'nothing is promoted from there');
    held?.release();
  });

  it('are in sync again after its restart, as far as that is true', async () => {
    const { driver, matrix } = opened();
    await runtime('dev').start();
    await driver.runCommand('Pipebase: Refresh');
    await matrix.shows({ dev: 'Stale', test: 'Stale' });
    assert.equal(await ask('dev'), 'Hello you from the dev place, again');
    await matrix.click('dev', 'Deploy');
    await matrix.shows({ dev: 'In sync' });
    await promoteAlongTheChain(() => Promise.resolve());
    await matrix.shows(everywhere);
    assert.equal(await ask('dev'), 'Hello you from the dev place, again');
    await openMatrixOf('Log a heartbeat', 'heartbeat.camel.yaml');
    await matrix.shows(everywhere);
  });
});

async function hasLogged(runtime: CamelRuntime, line: string): Promise<void> {
  await settled(
    `${runtime.id} logs ${line}`,
    () => Promise.resolve(runtime.output()),
    (output) => output.includes(line),
  );
}

/** Every text that a place shows, from now to the end. */
function watchBadge(read: () => Promise<string>): { end(): Promise<readonly string[]> } {
  const seen: string[] = [];
  const watch = { isOver: false };
  const watching = (async () => {
    while (!watch.isOver) {
      const text = (await read().catch(() => '')).trim();
      if (text !== '' && text !== seen.at(-1)) seen.push(text);
    }
  })();
  return {
    end: async () => {
      watch.isOver = true;
      await watching;
      return seen;
    },
  };
}
