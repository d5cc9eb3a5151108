import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { OperationResult } from '../../../../src/core/operations/types';
import type { Operation } from '../../../../src/core/promotion/gate';
import { PromotionWorld, type Fault, type ValueMode } from '../../../support/promotionWorld';

type Event =
  | { readonly kind: 'edit'; readonly yaml: string }
  | { readonly kind: 'parameters'; readonly value: string }
  | { readonly kind: 'somebody-deploys'; readonly environment: string; readonly yaml: string }
  | { readonly kind: 'somebody-undeploys'; readonly environment: string }
  | { readonly kind: 'fault'; readonly environment: string; readonly fault: Fault }
  | { readonly kind: 'late-write-arrives'; readonly environment: string }
  | { readonly kind: 'time-passes' }
  | { readonly kind: 'restart' }
  | { readonly kind: 'other-window' }
  | { readonly kind: 'crash-before-record'; readonly operation: Operation }
  | {
      readonly kind: 'both-windows';
      readonly operations: readonly [Operation, Operation];
      readonly parameters: readonly [string, string];
      /** Turns of the event loop that the second one begins later, and that each write waits, one after the other. */
      readonly delays: readonly number[];
      /** The first window dies before its record. */
      readonly dies: boolean;
    }
  | {
      readonly kind: 'operation';
      readonly operation: Operation;
      /** What the target does with it, from now on; undefined where that is as it was. */
      readonly fault: Fault | undefined;
      readonly parameters: string;
      readonly isCancelled: boolean;
    };

// Most of what happens happens in one place: there, one thing meets another.
const environment = fc.constantFrom('dev', 'dev', 'dev', 'test', 'prod');
const yaml = fc.constantFrom('v1', 'v2', 'v3');
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('deploy' as const), environment }), weight: 3 },
  { arbitrary: fc.record({ kind: fc.constant('promote' as const), from: environment }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant('undeploy' as const), environment }), weight: 1 },
);
const isCancelled = fc.constantFrom(false, false, false, true);
const fault = fc.constantFrom<Fault>(
  ...(['none', 'none', 'none', 'none', 'down', 'unauthorized', 'rejects', 'rejects', 'pretends'] as const),
  ...(['answer-lost-after', 'answer-lost-before', 'error-after', 'dies-after', 'dies-after', 'dies-before'] as const),
  ...(['arrives-late', 'arrives-late', 'answers-early'] as const),
);
const value = fc.constantFrom('p1', 'p2');
const attempt = fc.record({
  kind: fc.constant('operation' as const),
  operation,
  fault: fc.option(fault, { nil: undefined, freq: 2 }),
  parameters: value,
  isCancelled,
});
const mode = fc.constantFrom<ValueMode>('beside', 'beside', 'here', 'there', 'odd');
const modes = fc.record({ dev: mode, test: mode, prod: mode });
const deployments = environment.map((place): [Operation, Operation] => [
  { kind: 'deploy', environment: place },
  { kind: 'deploy', environment: place },
]);
const atOnce = fc.record({
  kind: fc.constant('both-windows' as const),
  operations: fc.oneof(deployments, fc.tuple(operation, operation)),
  parameters: fc.tuple(value, value),
  delays: fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }),
  dies: fc.boolean(),
});
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), yaml }),
  fc.record({ kind: fc.constant('parameters' as const), value }),
  fc.record({ kind: fc.constant('somebody-deploys' as const), environment, yaml }),
  fc.record({ kind: fc.constant('somebody-undeploys' as const), environment }),
  { arbitrary: fc.record({ kind: fc.constant('fault' as const), environment, fault }), weight: 3 },
  fc.record({ kind: fc.constant('late-write-arrives' as const), environment }),
  fc.record({ kind: fc.constant('time-passes' as const) }),
  fc.record({ kind: fc.constant('restart' as const) }),
  fc.record({ kind: fc.constant('other-window' as const) }),
  fc.record({ kind: fc.constant('crash-before-record' as const), operation }),
  { arbitrary: atOnce, weight: 2 },
  { arbitrary: attempt, weight: 8 },
);

/** Deploys to one place, one after the other, each with a fault of its own: answers get lost, and writes come late. */
const tries: fc.Arbitrary<readonly Event[]> = fc
  .tuple(environment, fc.array(fc.tuple(yaml, attempt, fault, fc.boolean()), { minLength: 2, maxLength: 4 }))
  .map(([place, many]) =>
    many.flatMap(([edited, tried, fault, arrives]): readonly Event[] => [
      { kind: 'edit', yaml: edited },
      { ...tried, operation: { kind: 'deploy', environment: place }, fault },
      ...(arrives ? [{ kind: 'late-write-arrives', environment: place } as const] : []),
    ]),
  );
const events: fc.Arbitrary<readonly Event[]> = fc
  .array(fc.oneof({ arbitrary: event.map((one) => [one]), weight: 12 }, tries), { minLength: 1, maxLength: 16 })
  .map((many) => many.flat());

/** Copies that somebody else put there carry parameters that nobody here can know. */
const theirs = 'theirs';

async function happen(world: PromotionWorld, { ...what }: Event): Promise<void> {
  switch (what.kind) {
    case 'edit':
      world.yaml = what.yaml;
      return;
    case 'parameters':
      world.params = what.value;
      return;
    case 'somebody-deploys':
      world.runtime(what.environment).running = world.sent(what.environment, what.yaml, theirs);
      return;
    case 'somebody-undeploys':
      world.runtime(what.environment).running = undefined;
      return;
    case 'fault':
      world.runtime(what.environment).fault = what.fault;
      return;
    case 'late-write-arrives':
      world.runtime(what.environment).arrive();
      return;
    case 'time-passes':
      world.time += 60_000;
      return;
    case 'restart':
      await world.restart();
      return;
    case 'other-window':
      world.switchWindow();
      return;
    case 'crash-before-record':
      world.die();
      await world.perform(what.operation);
      await world.restart();
      return;
    case 'both-windows':
      await operateInBoth(world, what);
      return;
    case 'operation':
      world.params = what.parameters;
      await operate(world, what);
  }
}

/** The laws of an operation, seen from the runtimes themselves. */
async function operate(
  world: PromotionWorld,
  { operation: asked, fault: does, isCancelled }: Event & { kind: 'operation' },
): Promise<void> {
  const targetId = asked.kind === 'promote' ? nextOf(world, asked.from) : asked.environment;
  if (targetId !== undefined && does !== undefined) {
    world.runtime(targetId).fault = does;
  }
  const writesBefore = [...world.runtimes.values()].map(({ writes }) => writes);
  const source = asked.kind === 'promote' ? world.runtime(asked.from) : undefined;
  const sourceHad = source?.running?.yaml;
  const isSourceDown = source?.fault === 'down' || source?.fault === 'unauthorized';
  const { outcome } = await (isCancelled ? performCancelled(world, asked) : world.perform(asked));

  const writes = [...world.runtimes.values()].map(({ writes }, index) => writes - (writesBefore[index] ?? 0));
  const written = writes.reduce((sum, count) => sum + count, 0);
  assert.ok(written <= 1, 'a write is never repeated');
  if (outcome === 'refused' || outcome === 'cancelled') {
    assert.equal(written, 0, `nothing is sent when an operation is ${outcome}`);
  }
  if (asked.kind === 'promote' && written === 1) {
    assert.equal(sourceHad, world.sent(asked.from).yaml, 'a promotion leaves only from where the flow is in sync');
    assert.equal(isSourceDown, false, 'a promotion leaves only from where it could be read');
  }
  if (outcome === 'succeeded' && targetId !== undefined) {
    const expected = asked.kind === 'undeploy' ? 'not-deployed' : 'in-sync';
    assert.equal(world.cell(targetId).state, expected, `after a ${asked.kind} that succeeded`);
  }
}

/** Two windows of one person, at the same time: values change between the two. */
async function operateInBoth(
  world: PromotionWorld,
  { operations: [one, other], parameters, delays: [start = 0, ...delays], dies }: Event & { kind: 'both-windows' },
): Promise<void> {
  onEachWrite(world, () => turns(delays.shift() ?? 0));
  [world.params] = parameters;
  if (dies) world.die();
  const first = world.perform(one);
  await turns(start);
  [, world.params] = parameters;
  world.switchWindow();
  const ends = new AbortController();
  const both = Promise.all([first, world.perform(other)]).finally(() => {
    ends.abort();
  });
  while (!ends.signal.aborted) {
    await checkCells(world);
    await turns(1);
  }
  await both;
  onEachWrite(world, () => undefined);
  await checkCells(world);
  world.switchWindow();
  if (dies) await world.restart();
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
}

/** Cancelled when the request has left: only a read can tell then. */
async function performCancelled(world: PromotionWorld, asked: Operation): Promise<OperationResult> {
  const controller = new AbortController();
  onEachWrite(world, () => {
    controller.abort();
  });
  const result = await world.perform(asked, {}, controller.signal);
  onEachWrite(world, () => undefined);
  return result;
}

function onEachWrite(world: PromotionWorld, act: () => void | Promise<void>): void {
  for (const runtime of world.runtimes.values()) runtime.onWrite = act;
}

function nextOf(world: PromotionWorld, id: string): string | undefined {
  return world.environments.find((one) => one.id === id)?.promotesTo;
}

/** In sync is said only where the runtime answers, has this YAML, and has these parameters or somebody else's. */
async function checkCells(world: PromotionWorld): Promise<void> {
  const before = world.runtimeStates();
  await world.readAll();
  // Something happened right after it was read: the next look will show it.
  if (!isDeepStrictEqual(world.runtimeStates(), before)) return;
  for (const { id } of world.environments) {
    const runtime = world.runtime(id);
    const { state } = world.cell(id);
    const isDown = runtime.fault === 'down' || runtime.fault === 'unauthorized';
    if (isDown) {
      assert.ok(state === 'unreachable' || state === 'unknown', `${id} does not answer and is shown as ${state}`);
      continue;
    }
    if (state === 'not-deployed') {
      assert.equal(runtime.running, undefined);
    }
    if (state === 'in-sync') {
      const ours = world.sent(id);
      assert.equal(runtime.running?.yaml, ours.yaml);
      const known = [ours.params, world.sent(id, world.yaml, theirs).params];
      assert.ok(known.includes(runtime.running.params), `${id} has other parameters than those here`);
    }
  }
}

describe('promotion, against a model', () => {
  it('never reports In sync falsely and never promotes from elsewhere, whatever happens in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(events, modes, async (happening, chosen) => {
        const world = new PromotionWorld();
        world.use(chosen);
        for (const what of happening) {
          await happen(world, what);
          await checkCells(world);
        }
      }),
      { numRuns: 2000 },
    );
  }).timeout(60_000);
});
