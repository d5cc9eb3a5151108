import { createHash } from 'node:crypto';
import { parseDocument } from 'yaml';
import { buildCatalogue, type FlowFile } from '../../src/core/flows/buildCatalogue';
import { parseFlowYaml } from '../../src/core/flows/parseFlow';
import type { Flow } from '../../src/core/flows/types';
import { flowContent } from '../../src/core/operations/flowContent';
import { DeploymentMemory } from '../../src/core/operations/records';
import { ContentDigests, recogniseHash, rememberDigests } from '../../src/core/promotion/contentHash';
import { cellsOf, type PromotionState } from '../../src/core/promotion/promotionState';
import type { EnvironmentReading } from '../../src/core/promotion/types';
import { parseRegistry } from '../../src/core/registry/parseRegistry';
import { matrixView } from '../../src/vscode/views/matrixView';
import { rowView } from '../../src/vscode/views/rowView';
import { hashing } from '../support/builders';
import { median, report } from './measure';

const flowCount = 1000;
const environmentCount = 8;

/** Parsing, the matrix, hashing and memory for 1,000 flows of 5 KB in 8 environments. */
export async function benchmarkModel(): Promise<void> {
  const texts = Array.from({ length: flowCount }, (_, index) => flowText(index));
  await benchmarkParsing(texts);
  benchmarkMemory(texts);
  const files = texts.map(fileOf);
  const state = await stateOf(files);
  await benchmarkMatrix(state);
  countRows(state, files);
  await benchmarkHashing(texts);
}

async function benchmarkParsing(texts: readonly string[]): Promise<void> {
  const floor = await median(() => texts.map((text) => parseDocument(text)), 5);
  const ours = await median(() => texts.map((text) => parseFlowYaml(text, 'file:///x')), 5);
  const ratio = ours / floor;
  const bound = `bare yaml ${floor.toFixed(0)} ms, ratio ${ratio.toFixed(2)} of 1.30`;
  report(`parse and scan ${String(flowCount)} flows of 5 KB`, `${ours.toFixed(0)} ms`, bound, ratio <= 1.3);
}

async function benchmarkMatrix(state: PromotionState): Promise<void> {
  let count = 0;
  const fresh = (): PromotionState => {
    // Neither rows nor digests may be left over from the run before.
    const contents = new Map([...state.contents].map(([flow, own]) => [{ ...flow }, renewed(flow, own)]));
    return { ...state, flows: [...contents.keys()], contents };
  };
  const states = Array.from({ length: 10 }, fresh);
  const cells = await median(() => {
    const next = states[count++] ?? fresh();
    return next.flows.map((flow) => cellsOf(next, flow));
  });
  const what = `${String(flowCount)} flows × ${String(environmentCount)} environments`;
  report(`states of ${what}, hashing included`, `${cells.toFixed(1)} ms`, 'at most 15 ms', cells <= 15);
  count = 0;
  const view = await median(() => matrixView([{ name: 'x', state: states[count++] ?? fresh() }], { kind: 'all' }));
  console.log(`      and their whole page, with sentences and gated actions: ${view.toFixed(1)} ms`);
}

function renewed(
  flow: Flow,
  contents: ReadonlyMap<string, unknown>,
): PromotionState['contents'] extends ReadonlyMap<unknown, infer T> ? T : never {
  const shared = rememberDigests(hashing);
  return new Map(
    [...contents].map(([id, content]) => [
      id,
      { ...(content as object), digests: new ContentDigests(shared, { source: flow.yaml, sent: flow.yaml }) },
    ]),
  ) as never;
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
  const floor = await median(() => texts.map((text) => createHash('sha256').update(text, 'utf8').digest('hex')), 21);
  const ours = await median(
    () => hash && texts.map((text) => new ContentDigests(hashing, { source: text, sent: text }).matching(hash)),
    21,
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

async function stateOf(files: readonly FlowFile[]): Promise<PromotionState> {
  const registry = parseRegistry(registryText(), 'file:///w/pipebase.yaml');
  const flows = buildCatalogue(files);
  const contents = new Map();
  const readings = new Map<string, EnvironmentReading>();
  const secrets = { secretParameter: () => Promise.resolve(undefined), environmentVariable: () => undefined };
  for (const flow of flows) {
    const own = new Map();
    for (const environment of registry.environments) {
      own.set(environment.id, await flowContent(flow, environment, { registry, secrets, hashing, digestKey: 'k' }));
    }
    contents.set(flow, own);
  }
  const items = flows.map(({ id, yaml }, index) => {
    const hash = hashing.digest('sha256', index % 3 === 0 ? `${yaml} ` : yaml);
    return [id, { id, hash, routeCount: 1 }] as const;
  });
  for (const { id } of registry.environments) {
    readings.set(id, { kind: 'read', at: 0, flows: new Map(items) });
  }
  return {
    folder: 'file:///w',
    isTrusted: true,
    registry,
    flows,
    contents,
    readings,
    checking: new Set(),
    running: new Map(),
    unsaved: new Set(),
    memory: new DeploymentMemory(),
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
