import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { RuntimeError } from '../../src/core/ports';
import { KeptClients } from '../../src/runtime/keptClients';
import { LazyClient } from '../../src/runtime/lazyClient';
import { catchRuntimeError } from '../support/catchRuntimeError';
import { answer, hangInHeaders, startMisbehavingRuntime, type Misbehaviour } from '../support/misbehavingRuntime';
import { Cleanup, openClient } from '../support/openClient';

describe('the clients of a folder', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const lazy = (url: string) => new LazyClient(() => Promise.resolve(openClient(url, { timeoutMs: 60_000 })));

  async function openWorld() {
    const runtime = cleanup.add(await startMisbehavingRuntime(answer(200, [])));
    const kept = new KeptClients();
    cleanup.after(() => kept.keep(new Set()));
    let opened = 0;
    const clientOf = (id: string, settings: unknown = { url: runtime.url }) =>
      kept.of(id, settings, () => {
        opened++;
        return new LazyClient(() => Promise.resolve(openClient(runtime.url)));
      });
    return { runtime, kept, clientOf, opened: () => opened };
  }

  it('are one for each environment, with connections that are kept from call to call', async () => {
    const { runtime, clientOf, opened } = await openWorld();
    for (let call = 0; call < 5; call++) await clientOf('dev').listFlows();
    assert.equal(clientOf('dev'), clientOf('dev', { url: runtime.url }));
    assert.notEqual(clientOf('dev'), clientOf('test'));
    assert.equal(opened(), 2);
    assert.ok(new Set(runtime.calls.map(({ socketPort }) => socketPort)).size <= 2);
  });

  it('are made anew where a setting of the environment changes, and the old one’s sockets end', async () => {
    const { runtime, clientOf } = await openWorld();
    const old = clientOf('dev', { url: runtime.url, timeoutMs: 1 });
    await old.listFlows();
    const other = clientOf('test');
    const changed = clientOf('dev', { url: runtime.url, timeoutMs: 2 });
    assert.notEqual(changed, old);
    while ((await runtime.openSockets()) > 0) await delay(2);
    assert.equal((await catchRuntimeError(old.listFlows())).kind, 'cancelled');
    assert.deepEqual(await changed.listFlows(), []);
    assert.equal(clientOf('test'), other);
  });

  it('are closed where the environment goes, whatever is under way, and no other is', async () => {
    const { runtime, kept, clientOf } = await openWorld();
    const hanging = cleanup.add(await startMisbehavingRuntime(hangInHeaders));
    const gone = kept.of('gone', {}, () => lazy(hanging.url));
    const stays = clientOf('stays');
    await stays.listFlows();
    const arrived = hanging.nextCall();
    const call = catchRuntimeError(gone.listFlows());
    await arrived;
    await kept.keep(new Set(['stays']));
    assert.equal((await call).kind, 'cancelled');
    while ((await hanging.openSockets()) > 0) await delay(2);
    assert.ok((await runtime.openSockets()) > 0);
    assert.equal(clientOf('stays'), stays);
    assert.deepEqual(await stays.listFlows(), []);
  });

  it('let a write end where a setting of the environment changes meanwhile, and are closed then', async () => {
    const held: (() => void)[] = [];
    const hold: Misbehaviour = (_request, response) => void held.push(() => response.end('{"hash":"ab"}'));
    const runtime = cleanup.add(await startMisbehavingRuntime(hold, answer(200, [])));
    const kept = new KeptClients();
    const arrived = runtime.nextCall();
    const write = kept.of('dev', { timeoutMs: 1 }, () => lazy(runtime.url)).putFlow('orders', { yaml: '' });
    await arrived;
    const changed = kept.of('dev', { timeoutMs: 2 }, () => lazy(runtime.url));
    assert.deepEqual(await changed.listFlows(), []);
    await kept.of('dev', { timeoutMs: 3 }, () => lazy(runtime.url)).listFlows();
    held[0]?.();
    assert.deepEqual(await write, { hash: 'ab' });
    while ((await runtime.openSockets()) > 1) await delay(2);
    await kept.keep(new Set());
  });

  it('end a write on an earlier one where the environment goes', async () => {
    const hanging = cleanup.add(await startMisbehavingRuntime(hangInHeaders));
    const kept = new KeptClients();
    const arrived = hanging.nextCall();
    const earlier = kept.of('dev', { timeoutMs: 1 }, () => lazy(hanging.url));
    const write = catchRuntimeError(earlier.putFlow('orders', { yaml: '' }));
    await arrived;
    kept.of('dev', { timeoutMs: 2 }, () => lazy(hanging.url));
    await kept.keep(new Set());
    assert.equal((await write).kind, 'cancelled');
    while ((await hanging.openSockets()) > 0) await delay(2);
  });

  it('end a write on one that had met a TLS fault, and was then replaced, where the environment goes', async () => {
    const hanging = cleanup.add(await startMisbehavingRuntime(hangInHeaders));
    const kept = new KeptClients();
    const opened = openClient(hanging.url, { timeoutMs: 60_000 });
    const faulty = { ...opened, listFlows: () => Promise.reject(new RuntimeError('tls')) };
    const arrived = hanging.nextCall();
    const client = kept.of('dev', { timeoutMs: 1 }, () => new LazyClient(() => Promise.resolve(faulty)));
    const write = catchRuntimeError(client.putFlow('orders', { yaml: '' }));
    await arrived;
    assert.equal((await catchRuntimeError(client.listFlows())).kind, 'tls');
    kept.of('dev', { timeoutMs: 2 }, () => lazy(hanging.url));
    await delay(1); // all that is not under way has ended
    await kept.close();
    assert.equal((await write).kind, 'cancelled');
    while ((await hanging.openSockets()) > 0) await delay(2);
  });

  it('are not the closed ones where an environment comes back', async () => {
    const { kept, clientOf } = await openWorld();
    const before = clientOf('dev');
    await kept.keep(new Set());
    assert.notEqual(clientOf('dev'), before);
    assert.deepEqual(await clientOf('dev').listFlows(), []);
  });

  it('open no connection for whoever asks once they are all closed', async () => {
    const { runtime, kept, clientOf } = await openWorld();
    await clientOf('dev').listFlows();
    await kept.close();
    for (const id of ['dev', 'test'])
      assert.equal((await catchRuntimeError(clientOf(id).listFlows())).kind, 'cancelled');
    assert.equal(runtime.calls.length, 1);
    while ((await runtime.openSockets()) > 0) await delay(2);
  });
});
