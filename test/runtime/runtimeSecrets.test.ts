import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { text } from 'node:stream/consumers';
import { flowContents } from '../../src/core/operations/flowContent';
import { DeploymentMemory } from '../../src/core/operations/deploymentMemory';
import type { PromotionState } from '../../src/core/promotion/promotionState';
import type { EnvironmentReading } from '../../src/core/promotion/types';
import { prepareSending } from '../../src/core/operations/prepareSending';
import { ParameterDigester } from '../../src/core/parameters/parameterDigest';
import { parseRegistry } from '../../src/core/registry/parseRegistry';
import { buildCatalogue } from '../../src/core/flows/buildCatalogue';
import { parseFlowYaml } from '../../src/core/flows/parseFlow';
import { FileRecords } from '../../src/vscode/adapters/fileRecords';
import { cellSentence } from '../../src/vscode/sentences/cellSentence';
import { confirmation } from '../../src/vscode/sentences/confirmation';
import { failureSentence, unknownSentence } from '../../src/vscode/sentences/resultSentence';
import { readEnvironment } from '../../src/vscode/state/readEnvironment';
import { echoForms } from './echoes';
import { matrixView } from '../../src/vscode/views/matrixView';
import { hashing } from '../support/builders';
import { startMisbehavingRuntime, type Misbehaviour } from '../support/misbehavingRuntime';
import { Cleanup, openClient } from '../support/openClient';
import { PromotionWorld } from '../support/promotionWorld';
import { openTemporaryDirectory } from '../support/temporaryDirectory';

const token = 'deploy-T0ken/with"odd&signs';
const password = 'P4ssw0rd: "grün" & more';
const yaml = '- route:\n    id: orders\n    from:\n      uri: "sql:select?password={{db-password}}"\n      steps: []\n';

/** Every form in which the secrets could be found again. */
const forms = [token, password].flatMap((secret) => [
  ...Object.values(echoForms).map((echo) => echo(secret).slice(-16)),
  secret.slice(0, 9), // of one that was cut, or written with escapes further on
]);

/** Answers everything with what it was sent, headers and body, in one status after the other. */
function echoing(): Misbehaviour {
  const statuses = [200, 400, 401, 404, 409, 413, 429, 500, 502, 503, 504];
  let count = 0;
  return async (request, response) => {
    const body = await text(request);
    const status = statuses[count++ % statuses.length] ?? 500;
    const { authorization = '' } = request.headers;
    const known = body.includes('P4ssw0rd') ? password : '';
    const echo = [
      `${authorization} ${body}`,
      JSON.stringify({ error: `${authorization} ${body}` }),
      encodeURIComponent(authorization + body),
      ...Object.values(echoForms).map((form) => `${form(authorization)} ${form(known)}`),
    ];
    response.writeHead(status, { 'x-echo': encodeURIComponent(authorization) }).end(echo[count % echo.length]);
  };
}

describe('tokens and secret parameters', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  for (const substitution of ['runtime', 'client'] as const) {
    it(`are in nothing that a full run writes or shows, substituted by the ${substitution}`, async () => {
      const written: string[] = [];
      const stopListening = captureOutput(written);
      cleanup.after(stopListening);
      const keep = (line: string) => void written.push(line);
      const log = { info: keep, warn: keep, error: keep };
      const runtime = cleanup.add(await startMisbehavingRuntime(echoing()));
      const client = cleanup.add(
        openClient(runtime.url, { token: () => Promise.resolve(token), log, timeoutMs: 1000 }),
      );
      const directory = cleanup.add(await openTemporaryDirectory());
      const content = await contentOf(substitution);
      assert.ok(JSON.stringify(content.sending.body).includes('P4ssw0rd'), 'what is sent has the secret');

      // as often as needed for each echo to come with each status
      for (let round = 0; round < 33; round++) {
        written.push(...(await runEverything(client, content, directory.path, log)));
      }
      written.push(inspect(client, { depth: 9, showHidden: true }), ...(await textsIn(directory.path)));
      stopListening();
      assert.ok(
        runtime.calls.length > 60 && written.length > 60,
        `${runtime.calls.length} calls, ${written.length} texts`,
      );
      assert.ok(runtime.calls.some(({ headers }) => headers.authorization?.includes(token)));
      const all = written.join('\n');
      assert.ok(all.includes('••••••'));
      for (const form of forms)
        assert.ok(
          !all.includes(form),
          written.find((line) => line.includes(form)),
        );
    });
  }

  /** As a folder's store, the views and the commands do it; gives every text that somebody could see. */
  async function runEverything(
    client: ReturnType<typeof openClient>,
    content: Content,
    directory: string,
    log: ConstructorParameters<typeof FileRecords>[1],
  ): Promise<string[]> {
    const seen: string[] = [];
    const show = (thing: unknown) => void seen.push(inspect(thing, { depth: 9, showHidden: true }), String(thing));
    const calls = [
      () => client.health(),
      () => client.listFlows(),
      () => client.putFlow('orders', content.sending.body),
      () => client.deleteFlow('orders'),
      () => client.runs({}),
      () => client.valueMappings.list(),
      () => client.messageMappings.put('a', {}),
      () => client.authPolicy('orders'),
      () => client.logs({ firstPauseMs: 1 }, AbortSignal.timeout(20)).next(),
    ];
    for (const call of calls) {
      await call().catch((error: unknown) => {
        show(error);
        seen.push(JSON.stringify(error), String((error as Error).stack));
      });
    }
    const reading = await readEnvironment(client, () => 0);
    show(reading);
    seen.push(...shownOf(content, reading));
    const world = new PromotionWorld();
    world.change('dev', { isProtected: true });
    const result = await world.perform(
      { kind: 'deploy', environment: 'dev' },
      {
        // the gate lets it through: this is about what the write and the read after it leave behind
        read: (id) => Promise.resolve(void world.readings.set(id, { kind: 'read', at: 0, flows: new Map() })),
        content: () => Promise.resolve(content.checked),
        sending: () => Promise.resolve(content.sending),
        client: () => client,
        records: new FileRecords(directory, log),
        confirm: (plan) => {
          seen.push(inspect(plan, { depth: 9 }), JSON.stringify(confirmation(plan)));
          return Promise.resolve(true);
        },
      },
    );
    show(result);
    if (result.outcome === 'failed') seen.push(failureSentence('deploy', 'orders', 'dev', result.reason));
    if (result.outcome === 'unknown') seen.push(unknownSentence('deploy', 'orders', 'dev', result.reason));
    assert.ok(
      seen.some((text) => text.includes('It uses the parameter')),
      'the question was asked',
    );
    return seen;
  }
});

/** What the matrix page is told after a reading; what the trees and lenses show is made of the same. */
function shownOf(content: Content, reading: EnvironmentReading | undefined): string[] {
  const { registry, flow, checked } = content;
  const state: PromotionState = {
    folder: 'file:///w',
    isTrusted: true,
    registry,
    flows: [flow],
    contents: new Map([[flow, new Map([['dev', checked]])]]),
    readings: new Map(reading ? [['dev', reading]] : []),
    checking: new Set(),
    running: new Map(),
    unsaved: new Set(),
    memory: new DeploymentMemory(),
  };
  const view = matrixView([{ name: 'w', state }], { kind: 'all' });
  assert.equal(view.folders[0]?.flows[0]?.cells.length, 1);
  const sentence = reading?.kind === 'failed' ? [cellSentence({ state: 'unreachable', ...reading })] : [];
  return [JSON.stringify(view), inspect(state, { depth: 12 }), ...sentence];
}

type Content = Awaited<ReturnType<typeof contentOf>>;

async function contentOf(substitution: 'runtime' | 'client') {
  const text = `version: 1\nparameters: { db-password: { secret: true } }\nenvironments:\n  dev: { url: http://localhost:1, substitution: ${substitution} }\n`;
  const registry = parseRegistry(text, 'file:///w/pipebase.yaml');
  const file = 'file:///w/orders.camel.yaml';
  const [flow] = buildCatalogue([{ file, path: 'orders.camel.yaml', yaml, parsed: parseFlowYaml(yaml, file) }]);
  const [environment] = registry.environments;
  assert.ok(flow && environment);
  const secrets = { secretParameter: () => Promise.resolve(password), environmentVariable: () => undefined };
  const digester = new ParameterDigester(hashing, 'k');
  const marks = new Map([['dev', new Map([['db-password', digester.mark(password)]])]]);
  const checked = flowContents(flow, { registry, marks, hashing, digester }).get('dev');
  const sending = await prepareSending(flow, environment, { registry, secrets, hashing, digester });
  assert.ok(checked && sending.kind === 'ready');
  return { registry, flow, checked, sending };
}

async function textsIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  assert.ok(files.length > 0, 'there are records');
  const texts = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8')));
  return [...texts, ...entries.map(({ name }) => name)];
}

/** What goes to the terminal goes there still. */
function captureOutput(written: string[]): () => void {
  const streams = [process.stdout, process.stderr];
  const before = streams.map((stream) => stream.write.bind(stream));
  streams.forEach((stream, index) => {
    stream.write = ((...given: Parameters<typeof stream.write>) => {
      written.push(String(given[0]));
      return before[index]?.(...given) ?? true;
    }) as typeof stream.write;
  });
  return () => {
    streams.forEach((stream, index) => {
      const write = before[index];
      if (write) stream.write = write;
    });
  };
}
