import assert from 'node:assert/strict';
import type { CellMemory } from '../../../../src/core/operations/deploymentMemory';
import type { EndedRecord, StartedRecord } from '../../../../src/core/operations/records';
import { cellState, type CellInputs } from '../../../../src/core/promotion/cellState';
import type { CellState, EnvironmentReading } from '../../../../src/core/promotion/types';
import { digestsOf, hashing } from '../../../support/builders';

const local = 'local yaml';
const localHash = hashing.digest('sha256', local);
const otherHash = hashing.digest('sha256', 'other yaml');
const strange = 'revision-7';

const base = { id: '1', at: 0, action: 'deploy', folder: 'f', flow: 'x', environment: 'dev', origin: 'o' } as const;

function ended(change: Partial<EndedRecord> = {}): EndedRecord {
  return {
    ...base,
    phase: 'ended',
    outcome: 'succeeded',
    durationMs: 1,
    yamlSha256: localHash,
    parameterDigest: 'P1',
    hashAfter: localHash,
    ...change,
  };
}

function started(change: Partial<StartedRecord> = {}): StartedRecord {
  return { ...base, phase: 'started', yamlSha256: localHash, parameterDigest: 'P2', hashBefore: localHash, ...change };
}

function read(hash?: string): EnvironmentReading {
  return { kind: 'read', at: 0, flows: new Map([['x', { id: 'x', ...(hash === undefined ? {} : { hash }) }]]) };
}

/** A value that is put into the YAML here is missing. */
const unknownValues = {
  digests: digestsOf(local, { substitution: 'client', values: undefined }),
  parameterDigest: undefined,
};

/** A secret is put into the YAML here: it is stored, and not read. */
const unreadValues = { ...unknownValues, parameterDigest: 'P1' };

/** A secret is put into the YAML there. */
const unreadRendered = { digests: digestsOf(local, { values: undefined }), parameterDigest: 'P1' };

function stateOf(
  reading: EnvironmentReading,
  memory: Partial<CellMemory> = {},
  change: Partial<CellInputs> = {},
): CellState {
  const content = { digests: digestsOf(local), parameterDigest: 'P1' };
  return cellState({ flowId: 'x', reading, content, memory: { pending: [], ...memory }, ...change });
}

describe('cellState', () => {
  const table: readonly [string, () => CellState, CellState][] = [
    ['nothing read yet', () => stateOf({ kind: 'not-read' }), { state: 'unknown', reason: 'not-read' }],
    [
      'no answer',
      () => stateOf({ kind: 'failed', at: 0, reason: 'timeout', detail: 'd' }),
      { state: 'unreachable', reason: 'timeout', detail: 'd' },
    ],
    [
      'no answer, without a word why',
      () => stateOf({ kind: 'failed', at: 0, reason: 'timeout' }),
      { state: 'unreachable', reason: 'timeout' },
    ],
    [
      'no answer after a write of unknown outcome',
      () => stateOf({ kind: 'failed', at: 0, reason: 'network' }, { pending: [started()] }),
      { state: 'unknown', reason: 'write-outcome-unread', unreachable: 'network' },
    ],
    ['an answer without the flow', () => stateOf({ kind: 'read', at: 0, flows: new Map() }), { state: 'not-deployed' }],
    ['no hash', () => stateOf(read()), { state: 'unknown', reason: 'no-hash' }],
    [
      'the right hash, and no route that runs',
      () => stateOf({ kind: 'read', at: 0, flows: new Map([['x', { id: 'x', hash: localHash, routeCount: 0 }]]) }),
      { state: 'unknown', reason: 'no-routes' },
    ],
    [
      'a parameter that belongs into the YAML and has no value',
      () => stateOf(read(otherHash), {}, { content: unknownValues }),
      { state: 'unknown', reason: 'unresolved-parameters' },
    ],
    [
      'a secret that belongs into the YAML, and nothing remembered',
      () => stateOf(read(otherHash), {}, { content: unreadValues }),
      { state: 'unknown', reason: 'unresolved-parameters' },
    ],
    [
      'a secret that belongs into the YAML, as we sent it',
      () => stateOf(read(otherHash), { last: ended({ hashAfter: otherHash }) }, { content: unreadValues }),
      { state: 'in-sync', by: 'record' },
    ],
    [
      'another secret than we sent',
      () =>
        stateOf(
          read(otherHash),
          { last: ended({ hashAfter: otherHash, parameterDigest: 'P0' }) },
          { content: unreadValues },
        ),
      { state: 'stale', reason: 'parameters' },
    ],
    [
      'a secret that belongs into the YAML, and is not stored any more',
      () => stateOf(read(otherHash), { last: ended({ hashAfter: otherHash }) }, { content: unknownValues }),
      { state: 'unknown', reason: 'unresolved-parameters' },
    ],
    [
      'a secret that belongs into the YAML, and the hash moved since',
      () => stateOf(read(otherHash), { last: ended() }, { content: unreadValues }),
      { state: 'stale', reason: 'remote' },
    ],
    [
      'a secret that belongs into the YAML, and the hash moved with a write of unknown outcome',
      () => stateOf(read(otherHash), { last: ended(), pending: [started()] }, { content: unreadValues }),
      { state: 'unknown', reason: 'write-outcome' },
    ],
    [
      'a secret that belongs into the YAML, edited since, and the hash moved with a write of unknown outcome',
      () =>
        stateOf(
          read(otherHash),
          { last: ended({ yamlSha256: 'older' }), pending: [started({ yamlSha256: 'older' })] },
          { content: unreadValues },
        ),
      { state: 'stale', reason: 'both' },
    ],
    [
      'a secret that belongs into the YAML, as we sent it again over another copy',
      () =>
        stateOf(
          read(otherHash),
          {
            last: ended({ hashAfter: otherHash }),
            pending: [started({ hashBefore: 'another copy', parameterDigest: 'P1' })],
          },
          { content: unreadValues },
        ),
      { state: 'in-sync', by: 'record' },
    ],
    [
      'a text that we know, moved while a write of unknown outcome was under way',
      () => stateOf(read(otherHash), { last: ended(), pending: [started()] }),
      { state: 'stale', reason: 'remote' },
    ],
    [
      'values that were not known when they were sent, and are not now',
      () => {
        const { parameterDigest, ...last } = ended();
        assert.ok(parameterDigest);
        const content = { digests: digestsOf(local), parameterDigest: undefined };
        return stateOf(read(localHash), { last }, { content });
      },
      { state: 'unknown', reason: 'write-outcome' },
    ],
    [
      'a hash of an unknown kind that moved with a write of unknown outcome',
      () => stateOf(read(strange), { last: ended(), pending: [started()] }),
      { state: 'unknown', reason: 'write-outcome' },
    ],
    [
      'a secret in a runtime that hashes the YAML with its values',
      () => stateOf(read(otherHash), {}, { content: unreadRendered, scheme: 'rendered' }),
      { state: 'unknown', reason: 'unresolved-parameters' },
    ],
    [
      'a secret in a runtime that hashes the YAML as it was sent',
      () => stateOf(read(otherHash), {}, { content: unreadRendered, scheme: 'lf' }),
      { state: 'stale', reason: 'yaml' },
    ],
    [
      'no hash, though we deployed it',
      () => stateOf(read(), { last: ended() }),
      { state: 'unknown', reason: 'no-hash' },
    ],
    ['a matching hash, nothing remembered', () => stateOf(read(localHash)), { state: 'in-sync', by: 'hash' }],
    ['another hash, nothing remembered', () => stateOf(read(otherHash)), { state: 'stale', reason: 'yaml' }],
    [
      'a hash of an unknown kind, nothing remembered',
      () => stateOf(read(strange)),
      { state: 'unknown', reason: 'hash-not-recognised' },
    ],
    [
      'a hash of an unknown kind that our deploy of this content left',
      () => stateOf(read(strange), { last: ended({ hashAfter: strange }) }),
      { state: 'in-sync', by: 'record' },
    ],
    [
      'a hash of an unknown kind that our deploy of other content left',
      () => stateOf(read(strange), { last: ended({ hashAfter: strange, yamlSha256: 'older' }) }),
      { state: 'stale', reason: 'yaml' },
    ],
    [
      'our content, and the hash moved since',
      () => stateOf(read(otherHash), { last: ended() }),
      { state: 'stale', reason: 'remote' },
    ],
    [
      'edited here, and the hash moved since',
      () => stateOf(read(otherHash), { last: ended({ yamlSha256: 'older', hashAfter: 'older hash' }) }),
      { state: 'stale', reason: 'both' },
    ],
    [
      'edited here, and there still what we sent',
      () => stateOf(read(otherHash), { last: ended({ yamlSha256: 'older', hashAfter: otherHash }) }),
      { state: 'stale', reason: 'yaml' },
    ],
    [
      'other parameters than we sent',
      () => stateOf(read(localHash), { last: ended({ parameterDigest: 'P0' }) }),
      { state: 'stale', reason: 'parameters' },
    ],
    [
      'other parameters than we sent, by record',
      () => stateOf(read(strange), { last: ended({ hashAfter: strange, parameterDigest: 'P0' }) }),
      { state: 'stale', reason: 'parameters' },
    ],
    [
      'a value that cannot be resolved any more',
      () =>
        stateOf(
          read(localHash),
          { last: ended() },
          { content: { digests: digestsOf(local), parameterDigest: undefined } },
        ),
      { state: 'stale', reason: 'parameters' },
    ],
    [
      'our parameters were overwritten by a copy that is not ours: they are not known',
      () => stateOf(read(localHash), { last: ended({ hashAfter: otherHash, parameterDigest: 'P0' }) }),
      { state: 'in-sync', by: 'hash' },
    ],
    [
      'a write of unknown outcome that may have changed parameters only',
      () => stateOf(read(localHash), { last: ended(), pending: [started()] }),
      { state: 'unknown', reason: 'write-outcome' },
    ],
    [
      'a write of unknown outcome with the parameters that were there',
      () => stateOf(read(localHash), { last: ended(), pending: [started({ parameterDigest: 'P1' })] }),
      { state: 'in-sync', by: 'hash' },
    ],
    [
      'a write of unknown outcome that arrived, with the values of now',
      () => stateOf(read(localHash), { pending: [started({ hashBefore: otherHash, parameterDigest: 'P1' })] }),
      { state: 'in-sync', by: 'hash' },
    ],
    [
      'a write of unknown outcome that arrived, with other values',
      () => stateOf(read(localHash), { pending: [started({ hashBefore: otherHash })] }),
      { state: 'stale', reason: 'parameters' },
    ],
    [
      'a write of unknown outcome over a copy that nobody here knows',
      () => stateOf(read(localHash), { pending: [started({ parameterDigest: 'P1' })] }),
      { state: 'unknown', reason: 'write-outcome' },
    ],
    [
      'an unconfirmed write of another YAML, and the hash of this one',
      () => stateOf(read(localHash), { last: ended(), pending: [started({ yamlSha256: otherHash })] }),
      { state: 'in-sync', by: 'hash' },
    ],
    [
      'one that began when the hash of an unknown kind was there already',
      () => stateOf(read(strange), { last: ended(), pending: [started({ hashBefore: strange })] }),
      { state: 'stale', reason: 'remote' },
    ],
    [
      'one of another YAML beside a deploy of this one by somebody else',
      () =>
        stateOf(read(localHash), {
          last: ended({ hashAfter: otherHash }),
          pending: [started({ yamlSha256: otherHash })],
        }),
      { state: 'in-sync', by: 'hash' },
    ],
    [
      'one of another YAML, which puts nothing out, and one of this',
      () =>
        stateOf(read(localHash), {
          last: ended(),
          pending: [started({ yamlSha256: otherHash, hashBefore: otherHash }), started()],
        }),
      { state: 'unknown', reason: 'write-outcome' },
    ],
    [
      'unconfirmed writes of which any may have come last',
      () =>
        stateOf(read(localHash), {
          last: ended({ hashAfter: otherHash }),
          pending: [started({ hashBefore: otherHash }), started({ hashBefore: otherHash, parameterDigest: 'P1' })],
        }),
      { state: 'unknown', reason: 'write-outcome' },
    ],
    [
      'an unconfirmed write of another secret, and still the hash that holds ours',
      () =>
        stateOf(
          read(otherHash),
          { last: ended({ hashAfter: otherHash }), pending: [started({ hashBefore: otherHash })] },
          { content: unreadValues },
        ),
      { state: 'in-sync', by: 'record' },
    ],
    [
      'a deployment at the same time as the last one, with other parameters',
      () => stateOf(read(localHash), { last: ended(), beside: [started({ hashBefore: otherHash })] }),
      { state: 'unknown', reason: 'write-outcome' },
    ],
    [
      'one at the same time, with the same',
      () => stateOf(read(localHash), { last: ended(), beside: [started({ parameterDigest: 'P1' })] }),
      { state: 'in-sync', by: 'hash' },
    ],
    [
      'one at the same time, which put the last one out',
      () =>
        stateOf(read(localHash), {
          last: ended({ hashAfter: otherHash, parameterDigest: 'P0' }),
          beside: [started({ hashBefore: otherHash, parameterDigest: 'P1' })],
        }),
      { state: 'in-sync', by: 'hash' },
    ],
    [
      'a hash of an unknown kind that may be of one at the same time as the last deployment',
      () => stateOf(read('W/"2"'), { last: ended({ hashAfter: 'W/"1"' }), beside: [started()] }),
      { state: 'unknown', reason: 'write-outcome' },
    ],
    [
      'no answer after deployments at the same time',
      () => stateOf({ kind: 'failed', at: 0, reason: 'network' }, { last: ended(), beside: [started()] }),
      { state: 'unknown', reason: 'write-outcome-unread', unreachable: 'network' },
    ],
    [
      'an undeploy of unknown outcome that did not happen',
      () => stateOf(read(localHash), { last: ended(), pending: [started({ action: 'undeploy' })] }),
      { state: 'in-sync', by: 'hash' },
    ],
  ];
  for (const [name, actual, expected] of table) {
    it(`${name}: ${expected.state}`, () => {
      assert.deepEqual(actual(), expected);
    });
  }
});
