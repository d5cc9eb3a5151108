import { createHash } from 'node:crypto';
import { parseDocument } from 'yaml';
import { buildCatalogue, type FlowFile } from '../../src/core/flows/buildCatalogue';
import { parseFlowYaml } from '../../src/core/flows/parseFlow';
import type { Flow } from '../../src/core/flows/types';
import { flowContents } from '../../src/core/operations/flowContent';
import { ParameterDigester } from '../../src/core/parameters/parameterDigest';
import { DeploymentMemory } from '../../src/core/operations/deploymentMemory';
import { recogniseHash } from '../../src/core/promotion/contentHash';
import { cellsOf, type PromotionState } from '../../src/core/promotion/promotionState';
import type { EnvironmentReading } from '../../src/core/promotion/types';
import { parseRegistry } from '../../src/core/registry/parseRegistry';
import type { Registry } from '../../src/core/registry/types';
import { matrixView } from '../../src/vscode/views/matrixView';
import { rowView } from '../../src/vscode/views/rowView';
import { digestsOf, hashing } from '../support/builders';
import { report, shortestOfEach, timed } from './measure';

const flowCount = 1000;
const environmentCount = 8;

/** Parsing, the matrix, hashing and memory for 1,000 flows of 5 KB in 8 environments. */
export async function benchmarkModel(): Promise<void> {
  const texts = Array.from({ length: flowCount }, (_, index) => flowText(index));
  await benchmarkParsing(texts);
  benchmarkMemory(texts);
  const files = texts.map(fileOf);
  const inputs = parsedInputs(files);
  await benchmarkMatrix(inputs);
  await benchmarkRendering(inputs);
  countRows(stateOf(inputs), files);
  await benchmarkHashing(texts);
}

async function benchmarkParsing(texts: readonly string[]): Promise<void> {
  const [floor = NaN, ours = NaN] = await shortestOfEach(
    5,
    () => texts.map((text) => parseDocument(text)),
    () => texts.map((text) => parseFlowYaml(text, 'file:///x')),
  );
  const ratio = ours / floor;
  const bound = `bare yaml ${floor.toFixed(0)} ms, ratio ${ratio.toFixed(2)} of 1.30`;
  report(`parse and scan ${String(flowCount)} flows of 5 KB`, `${ours.toFixed(0)} ms`, bound, ratio <= 1.3);
}

const size = `${String(flowCount)} flows × ${String(environmentCount)} environments`;

async function benchmarkMatrix(inputs: Inputs): Promise<void> {
  await benchmarkCells('without records', inputs, new DeploymentMemory());
  await benchmarkCells('with a record of each deploy', inputs, recordsOf(inputs));
}

async function benchmarkCells(name: string, inputs: Inputs, memory: DeploymentMemory): Promise<void> {
  // Neither contents nor rows nor digests may be left over from the run before: every run has flows of its own.
  const ownFlows = (): Inputs => ({ ...inputs, flows: inputs.flows.map((one) => ({ ...one })) });
  const [floor = NaN, cells = NaN, page = NaN] = await shortestOfEach(
    21,
    () => inputs.flows.map(({ yaml }) => hashing.digest('sha256', yaml)),
    timed(ownFlows, (own) => {
      const state = stateOf(own, memory);
      return state.flows.map((flow) => cellsOf(state, flow));
    }),
    timed(ownFlows, (own) => matrixView([{ name: 'x', state: stateOf(own, memory) }], { kind: 'all' })),
  );
  const bound = `at most 15 ms; the SHA-256 of each flow alone ${floor.toFixed(1)} ms`;
  report(`matrix of ${size}, ${name}, hashing included`, `${cells.toFixed(1)} ms`, bound, cells <= 15);
  console.log(`      and all of it as a page, with sentences and gated actions: ${page.toFixed(1)} ms`);
}

/** The costly ways to compare: values are put in here, or nothing tells yet what a runtime's hashes are made of. */
async function benchmarkRendering(inputs: Inputs): Promise<void> {
  const readings = new Map([...inputs.readings.keys()].map((id) => [id, staleReading(inputs.flows)]));
  const environments = inputs.registry.environments.map((one) => ({ ...one, substitution: 'client' as const }));
  const client = { ...inputs, registry: { ...inputs.registry, environments } };
  const cells = (each: Inputs): unknown => {
    const state = stateOf(each);
    return state.flows.map((flow) => cellsOf(state, flow));
  };
  const [floor = NaN, rendered = NaN, stale = NaN] = await shortestOfEach(
    2,
    () => inputs.flows.map(({ yaml }) => parseDocument(yaml)),
    () => cells(client),
    () => cells({ ...inputs, readings }),
  );
  const bound = `bare yaml of each flow once ${floor.toFixed(0)} ms; at most twice that`;
  report(`matrix of ${size}, values put in here`, `${rendered.toFixed(0)} ms`, bound, rendered <= 2 * floor);
  report(
    `matrix of ${size}, all stale, hashes of a kind not known yet`,
    `${stale.toFixed(0)} ms`,
    bound,
    stale <= 2 * floor,
  );
}

/** One flow's file changes: every other row is the very object it was. */
function countRows(state: PromotionState, files: readonly FlowFile[]): void {
  const before = state.flows.map((flow) => rowView(state, flow));
  const [first, ...rest] = files;
  const flows = buildCatalogue([...(first ? [{ ...first, yaml: `${first.yaml}# edited\n` }] : []), ...rest]);
  const contents = new Map(flows.map((flow) => [flow, state.contents.get(flow) ?? new Map()]));
  const after = flows.map((flow) => rowView({ ...state, flows, contents }, flow));
  const known = new Set(before);
  const made = after.filter((row) => !known.has(row)).length;
  report('a change of one flow makes rows anew', String(made), 'exactly 1', made === 1);
}

async function benchmarkHashing(texts: readonly string[]): Promise<void> {
  const hash = recogniseHash('a'.repeat(64));
  const [floor = NaN, ours = NaN] = await shortestOfEach(
    41,
    () => texts.map((text) => createHash('sha256').update(text, 'utf8').digest('hex')),
    () => hash && texts.map((text) => digestsOf(text).matching(hash)),
  );
  const ratio = ours / floor;
  const bound = `bare SHA-256 ${floor.toFixed(1)} ms, ratio ${ratio.toFixed(2)} of 1.10`;
  report('hash the same bytes', `${ours.toFixed(1)} ms`, bound, ratio <= 1.1);
}

function benchmarkMemory(texts: readonly string[]): void {
  const { gc } = globalThis;
  if (!gc) {
    console.log('skip  memory: run node with --expose-gc');
    return;
  }
  gc();
  const before = process.memoryUsage().heapUsed;
  const files = texts.map(fileOf);
  const flows = buildCatalogue(files);
  gc();
  const mebibytes = (process.memoryUsage().heapUsed - before) / 1024 / 1024;
  report(
    `memory of ${String(flows.length)} parsed flows over their texts`,
    `${mebibytes.toFixed(1)} MiB`,
    'at most 25 MiB',
    mebibytes <= 25,
  );
}

function fileOf(yaml: string, index: number): FlowFile {
  const file = `file:///w/flow-${String(index)}.camel.yaml`;
  return { file, path: `flow-${String(index)}.camel.yaml`, yaml, parsed: parseFlowYaml(yaml, file) };
}

interface Inputs {
  readonly registry: Registry;
  readonly flows: readonly Flow[];
  readonly readings: PromotionState['readings'];
}

/** A third of the flows are stale everywhere, and every runtime hashes the YAML as it was sent. */
function parsedInputs(files: readonly FlowFile[]): Inputs {
  const registry = parseRegistry(registryText(), 'file:///w/pipebase.yaml');
  const flows = buildCatalogue(files);
  const listed = (): EnvironmentReading => {
    const items = flows.map(({ id, yaml }, index) => {
      const hash = hashing.digest('sha256', index % 3 === 0 ? `${yaml} ` : yaml);
      return [id, { id, hash, routeCount: 1 }] as const;
    });
    return { kind: 'read', at: 0, flows: new Map(items) };
  };
  return { registry, flows, readings: new Map(registry.environments.map(({ id }) => [id, listed()])) };
}

function staleReading(flows: readonly Flow[]): EnvironmentReading {
  const items = flows.map(({ id }) => [id, { id, hash: hashing.digest('sha256', id), routeCount: 1 }] as const);
  return { kind: 'read', at: 0, flows: new Map(items) };
}

/** Every flow was deployed everywhere from here, with the values of now. */
function recordsOf(inputs: Inputs): DeploymentMemory {
  const memory = new DeploymentMemory();
  const { folder, contents, readings } = stateOf(inputs);
  for (const { id: environment, origin } of inputs.registry.environments) {
    const reading = readings.get(environment);
    for (const [{ id: flow }, content] of contents) {
      const hashAfter = reading?.kind === 'read' ? reading.flows.get(flow)?.hash : undefined;
      const { digests, parameterDigest } = content.get(environment) ?? {};
      if (hashAfter === undefined || !digests || parameterDigest === undefined) throw new Error('nothing to remember');
      const place = { folder, flow, environment, origin, yamlSha256: digests.sha256, parameterDigest, hashAfter };
      const id = `${environment} ${flow}`;
      memory.add({
        phase: 'ended',
        id,
        at: 0,
        action: 'deploy',
        outcome: 'succeeded',
        durationMs: 1,
        variant: 'sent',
        ...place,
      });
    }
  }
  return memory;
}

/** As a folder's store makes it, once files and environments were read. */
function stateOf({ registry, flows, readings }: Inputs, memory = new DeploymentMemory()): PromotionState {
  const digester = new ParameterDigester(hashing, 'k');
  const sources = { registry, marks: new Map(), hashing, digester };
  return {
    folder: 'file:///w',
    isTrusted: true,
    registry,
    flows,
    contents: new Map(flows.map((flow) => [flow, flowContents(flow, sources)])),
    readings,
    checking: new Set(),
    running: new Map(),
    unsaved: new Set(),
    memory,
  };
}

function registryText(): string {
  const ids = Array.from({ length: environmentCount }, (_, index) => `env${String(index)}`);
  const entries = ids.map((id, index) => {
    const next = ids[index + 1];
    return `  ${id}:\n    url: http://localhost:${String(9000 + index)}\n${next ? `    promotesTo: ${next}\n` : ''}    parameters: { topic: ${id} }\n`;
  });
  return `version: 1\nenvironments:\n${entries.join('')}`;
}

/** About 5 KB of an ordinary route, with placeholders here and there. */
function flowText(index: number): string {
  const steps = Array.from(
    { length: 42 },
    (_, step) =>
      `        - to:\n            uri: kafka:{{topic}}-${String(step)}\n            parameters:\n              clientId: "flow-${String(index)}-${String(step)}"\n`,
  );
  return `- route:\n    id: route-${String(index)}\n    description: Flow number ${String(index)}\n    from:\n      uri: timer:tick\n      parameters:\n        period: 1000\n      steps:\n${steps.join('')}`;
}
