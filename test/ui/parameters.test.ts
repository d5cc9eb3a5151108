import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type RecordedRuntime, startRecordedRuntime } from '../vscode/support/recordedRuntime';
import { giveToken } from './giveToken';
import { type SampleWorkspace, sampleWorkspace } from './sampleWorkspace';
import { story } from './story';
import { windowForSuite } from './windowForSuite';

const environments = ['dev', 'test', 'staging', 'prod'] as const;
const flow = 'Accept orders over HTTP';
const totals = 'Write daily order totals to SQL';
const password = 'correct horse battery staple';
const putSchema = z.object({ yaml: z.string(), params: z.record(z.string(), z.unknown()) });

describe('Parameters of a promotion', () => {
  story();
  let sample: SampleWorkspace;
  const runtimes = new Map<string, RecordedRuntime>();
  const opened = windowForSuite(async () => {
    sample = await sampleWorkspace();
    for (const environment of environments) {
      runtimes.set(environment, await startRecordedRuntime(environment, `token-of-${environment}`));
    }
    pointTo(sample, runtimes);
    // Without its setting that starts local environments: others are there already.
    rmSync(join(sample.path, '.vscode'), { recursive: true });
    return { workspace: sample.path };
  });
  after(async () => {
    await Promise.all([...runtimes.values()].map((runtime) => runtime.close()));
    sample.remove();
  });

  const sent = (environment: string): z.infer<typeof putSchema> => {
    const last = runtimes.get(environment)?.writes().at(-1);
    return putSchema.parse(JSON.parse(last?.body ?? 'null'));
  };

  it('takes a deploy token for each environment', async () => {
    const { driver } = opened();
    await driver.openViewContainer('Pipebase');
    for (const environment of environments) {
      await giveToken(driver, environment, `token-of-${environment}`);
      await driver.treeRow(environment, 'Environments').filter({ hasText: '0 flows' }).waitFor();
    }
  });

  it('promotes the same YAML from dev to prod', async () => {
    const { driver, matrix, window } = opened();
    await driver.treeRow(flow, 'Flows').click();
    await driver.clickCodeLens('Promotion Matrix');
    await matrix.shows({ dev: 'Not deployed' });
    await matrix.click('dev', 'Deploy');
    for (const environment of environments.slice(1)) {
      await matrix.click(environment, `Promote to ${environment}`);
      if (environment === 'prod') {
        const question = await driver.answerDialog('Promote to prod');
        assert.match(question, /kafka-brokers, orders-acks, orders-topic/);
      }
      await matrix.shows({ [environment]: 'In sync' });
    }
    const local = readFileSync(join(window.workspaceDir, 'flows', 'orders.camel.yaml'), 'utf8');
    for (const environment of environments) assert.equal(sent(environment).yaml, local, environment);
  });

  it('sends each environment its own values, and the flow’s own everywhere', () => {
    assert.deepEqual(
      environments.map((environment) => sent(environment).params),
      [
        ['localhost:9092', 'orders-dev'],
        ['kafka.test.example.com:9092', 'orders-test'],
        ['kafka.staging.example.com:9092', 'orders-staging'],
        ['kafka-1.example.com:9092,kafka-2.example.com:9092,kafka-3.example.com:9092', 'orders'],
      ].map(([brokers, topic]) => ({ 'kafka-brokers': brokers, 'orders-acks': 'all', 'orders-topic': topic })),
    );
  });

  it('calls a flow Stale where a parameter of the environment has changed', async () => {
    const { window, matrix } = opened();
    const registry = join(window.workspaceDir, 'pipebase.yaml');
    writeFileSync(registry, readFileSync(registry, 'utf8').replace('orders-topic: orders-test', 'orders-topic: other'));
    const rows = await matrix.shows({ dev: 'In sync', test: 'Stale', staging: 'In sync', prod: 'In sync' });
    assert.equal(rows[1]?.reason, 'Parameters have changed since the last deploy.');
    await matrix.click('test', 'Promote to test');
    await matrix.shows({ test: 'In sync' });
    assert.equal(sent('test').params['orders-topic'], 'other');
  });

  it('asks for a secret value, sends it to that environment only, and writes it nowhere', async () => {
    const { driver, window } = opened();
    await driver.clearNotifications();
    await driver.expandTreeRow(totals, 'Flows');
    const dev = driver.treeRow('dev', 'Flows');
    await driver.untilTaken(
      () => driver.clickInlineAction(dev, 'Deploy'),
      () => driver.notificationText('orders-db-password has no value'),
    );
    await driver.answerNotification('orders-db-password has no value', 'Set Secret Parameter…');
    const input = await driver.quickInput('orders-db-password in dev');
    assert.equal(await input.getAttribute('type'), 'password');
    await driver.answerInput(password, 'orders-db-password in dev');
    await driver.clearNotifications();
    await driver.untilTaken(
      () => driver.clickInlineAction(dev, 'Deploy'),
      () => driver.notificationText(`Deployed ${totals} to dev`),
    );
    assert.equal(sent('dev').params['orders-db-password'], password);
    assert.ok(!window.logs().includes(password), 'no log has the secret');
    const elsewhere = environments.slice(1).flatMap((environment) => runtimes.get(environment)?.calls ?? []);
    assert.ok(!JSON.stringify(elsewhere).includes(password), 'no other environment got it');
  });
});

function pointTo({ path, ports }: SampleWorkspace, runtimes: ReadonlyMap<string, RecordedRuntime>): void {
  const registry = join(path, 'pipebase.yaml');
  const text = environments.reduce(
    (yaml, environment, index) =>
      yaml.replace(`http://localhost:${ports[index] ?? 0}`, runtimes.get(environment)?.url ?? ''),
    readFileSync(registry, 'utf8'),
  );
  writeFileSync(registry, text);
}
