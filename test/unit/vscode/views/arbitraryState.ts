import * as fc from 'fast-check';
import type { Flow } from '../../../../src/core/flows/types';
import type { FlowContent } from '../../../../src/core/operations/flowContent';
import { lockPlace } from '../../../../src/core/operations/operationLock';
import { DeploymentMemory } from '../../../../src/core/operations/deploymentMemory';
import type { Action, EndedRecord } from '../../../../src/core/operations/records';
import type { EnvironmentReading, GoodReading, UnreachableReason } from '../../../../src/core/promotion/types';
import type { Environment, Registry } from '../../../../src/core/registry/types';
import { unreachableSentences } from '../../../../src/vscode/sentences/cellSentence';
import type { FolderState, LocalPlace } from '../../../../src/vscode/state/folderState';
import { aFlow, anEnvironment, digestsOf, hashing } from '../../../support/builders';

const folder = 'file:///work';
const ids = ['dev', 'test', 'prod', 'lab'] as const;
const yaml = '- from: {uri: "timer:a"}\n';
const sameHash = hashing.digest('sha256', yaml);
const reasons = Object.keys(unreachableSentences) as UnreachableReason[];
const localPlaces: readonly LocalPlace[] = ['this-window', 'another-window', 'another-program', 'stopped'];
const actions: readonly Action[] = ['deploy', 'promote', 'undeploy'];

function mostly(value: boolean): fc.Arbitrary<boolean> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(value) }, fc.constant(!value));
}

/** One environment as it may be: where it leads, what it answered, what is known of it here. */
const place = fc.record({
  promotesTo: fc.option(fc.constantFrom(...ids)),
  isOnCycle: mostly(false),
  isProtected: fc.boolean(),
  answer: fc.constantFrom('not-read', 'failed', 'lists', 'lists', 'lists', 'lists-not'),
  reason: fc.constantFrom(...reasons),
  hash: fc.constantFrom(sameHash, sameHash, hashing.digest('sha256', 'another text'), 'odd', undefined),
  isChecking: fc.boolean(),
  local: fc.option(fc.constantFrom(...localPlaces)),
  running: fc.option(fc.constantFrom(...actions), { freq: 4 }),
  hasContent: mostly(true),
  last: fc.option(fc.constantFrom('same', 'other-parameters', 'other-hash', 'outcome-unknown')),
});

type Place = typeof place extends fc.Arbitrary<infer T> ? T : never;

const flowChange = fc.constantFrom<Partial<Flow>>(
  {},
  {},
  {},
  {},
  { hasDuplicateId: true },
  { hasLegalId: false },
  { parsed: { routes: [], placeholders: [], isDeployable: false, faults: [] } },
);

/** States of one flow over up to four environments, wired in any way, cycles included. */
export const arbitraryState: fc.Arbitrary<{ readonly state: FolderState; readonly flow: Flow }> = fc
  .record({
    places: fc.array(place, { minLength: 0, maxLength: ids.length }),
    flowChange,
    isTrusted: mostly(true),
    isUnsaved: fc.boolean(),
  })
  .map(({ places, flowChange: change, isTrusted, isUnsaved }) => {
    const flow = aFlow('orders', yaml, { displayName: 'Orders', ...change });
    const named = places.map((each, index) => ({ ...each, id: ids[index] ?? 'dev' }));
    return { flow, state: stateOf(flow, named, { isTrusted, isUnsaved }) };
  });

type NamedPlace = Place & { readonly id: string };

function stateOf(
  flow: Flow,
  places: readonly NamedPlace[],
  { isTrusted, isUnsaved }: { isTrusted: boolean; isUnsaved: boolean },
): FolderState {
  const environments = places.map(environmentOf);
  const registry: Registry = {
    file: `${folder}/pipebase.yaml`,
    exclude: [],
    parameters: new Map(),
    environments,
    faults: [],
  };
  const content = places.filter(({ hasContent }) => hasContent).map(({ id }) => [id, contentOf(flow)] as const);
  const running = places.flatMap(({ id, running: action }) =>
    action ? [[lockPlace(folder, id, flow.id), action] as const] : [],
  );
  return {
    folder,
    isTrusted,
    registry,
    flows: [flow],
    contents: new Map([[flow, new Map(content)]]),
    readings: new Map(places.flatMap((each) => readingOf(each, flow.id))),
    checking: new Set(places.filter(({ isChecking }) => isChecking).map(({ id }) => id)),
    running: new Map(running),
    unsaved: new Set(isUnsaved ? [flow.file] : []),
    memory: memoryOf(flow, places),
    local: new Map(places.flatMap((each) => (each.local === null ? [] : [[environmentOf(each).url, each.local]]))),
  };
}

function environmentOf({ id, promotesTo, isOnCycle, isProtected }: NamedPlace): Environment {
  return anEnvironment(id, {
    label: id.toUpperCase(),
    isProtected,
    ...(promotesTo !== null && promotesTo !== id ? { promotesTo } : {}),
    ...(isOnCycle && promotesTo !== null ? { cycle: [id, promotesTo, id] } : {}),
  });
}

function contentOf(flow: Flow): FlowContent {
  return {
    yaml: flow.yaml,
    digests: digestsOf(flow.yaml),
    parameterDigest: 'p1',
    parameterNames: [],
    missingKeys: [],
    problems: [],
  };
}

function readingOf({ id, answer, reason, hash }: NamedPlace, flow: string): [string, EnvironmentReading][] {
  const listed = { id: flow, routeCount: 1, ...(hash === undefined ? {} : { hash }) };
  const lists: GoodReading = { kind: 'read', at: 0, flows: new Map([[flow, listed]]) };
  switch (answer) {
    case 'not-read':
      return [];
    case 'failed':
      return [
        [id, { kind: 'failed', at: 0, reason, detail: 'own words', ...(hash === undefined ? {} : { last: lists }) }],
      ];
    case 'lists':
      return [[id, lists]];
    case 'lists-not':
      return [[id, { kind: 'read', at: 0, flows: new Map() }]];
  }
}

function memoryOf(flow: Flow, places: readonly NamedPlace[]): DeploymentMemory {
  const memory = new DeploymentMemory();
  for (const { id, last, hash } of places) {
    if (last === null) continue;
    const record: EndedRecord = {
      phase: 'ended',
      id: `1-${id}`,
      at: 0,
      action: 'deploy',
      folder,
      flow: flow.id,
      environment: id,
      origin: 'http://localhost',
      yamlSha256: hashing.digest('sha256', flow.yaml),
      parameterDigest: last === 'other-parameters' ? 'p0' : 'p1',
      outcome: last === 'outcome-unknown' ? 'unknown' : 'succeeded',
      ...(hash === undefined || last === 'other-hash' ? {} : { hashAfter: hash }),
      durationMs: 1,
    };
    memory.add(record);
  }
  return memory;
}
