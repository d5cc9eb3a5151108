import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import { environmentFolder } from '../../../src/local/environmentFolder';
import { LocalEnvironments, type LocalEnvironmentsOptions } from '../../../src/local/localEnvironments';
import { chooseLocalPorts, findFreePort } from '../../../src/local/freePorts';
import { flowYaml } from '../../contract/contractRuntime';
import { catchRuntimeError } from '../../support/catchRuntimeError';
import { answer, startMisbehavingRuntime, type Misbehaviour } from '../../support/misbehavingRuntime';
import { Cleanup, openClient } from '../../support/openClient';
import { openTemporaryDirectory } from '../../support/temporaryDirectory';

describe('local environments', () => {
  const cleanup = new Cleanup();
  let storageDirectory: string;
  let ports: { id: string; port: number }[];

  beforeEach(async () => {
    storageDirectory = cleanup.add(await openTemporaryDirectory()).path;
    ports = await chooseLocalPorts(['dev', 'test', 'staging', 'prod'], 20_000 + Math.floor(Math.random() * 10_000));
  });
  afterEach(() => cleanup.run());

  function open(options: Partial<LocalEnvironmentsOptions> = {}) {
    const tokenFor = (id: string) => Promise.resolve(`${id}-token`);
    const local = new LocalEnvironments({ storageDirectory, environments: ports, tokenFor, ...options });
    cleanup.after(() => local.stop());
    return local;
  }

  /** The one environment of its folder. */
  const openAlone = (id: string) => open({ environments: ports.filter((environment) => environment.id === id) });

  const portOf = (id: string) => ports.find((environment) => environment.id === id)?.port ?? 0;
  const clientOf = (id: string, tokenOf = id) =>
    cleanup.add(openClient(`http://localhost:${portOf(id)}`, { token: () => Promise.resolve(`${tokenOf}-token`) }));

  it('start and stop together, each with its own port, token and flows', async () => {
    const local = open();
    assert.deepEqual(
      [...local.state.values()],
      Array.from({ length: 4 }, () => ({ kind: 'stopped' })),
    );
    const state = await local.start();
    assert.deepEqual(
      [...state],
      ports.map(({ id, port }) => [id, { kind: 'started', port, url: `http://127.0.0.1:${port}` }]),
    );
    await clientOf('dev').putFlow('orders', { yaml: flowYaml('orders') });
    assert.deepEqual(await clientOf('test').listFlows(), []);
    assert.equal((await catchRuntimeError(clientOf('test', 'dev').listFlows())).kind, 'unauthorized');
    await local.stop();
    assert.deepEqual(local.state.get('dev'), { kind: 'stopped' });
    assert.equal((await catchRuntimeError(clientOf('dev').health())).kind, 'network');
  });

  it('start once however often they are asked', async () => {
    const local = open();
    const results = await Promise.all([local.start(), local.start(), local.start()]);
    for (const state of results) assert.ok([...state.values()].every(({ kind }) => kind === 'started'));
  });

  it('keep their flows over a stop, and lose them by a reset, running or not', async () => {
    const local = open();
    const deployAndRestart = async () => {
      await clientOf('dev').putFlow('orders', { yaml: flowYaml('orders') });
      await local.stop();
      await local.start();
      assert.equal((await clientOf('dev').listFlows()).length, 1);
    };
    await local.start();
    await deployAndRestart();
    await local.reset();
    assert.equal((await clientOf('dev').listFlows()).length, 0);
    await deployAndRestart();
    await local.stop();
    await local.reset();
    await local.start();
    assert.equal((await clientOf('dev').listFlows()).length, 0);
  });

  it('are all reset but those that cannot be, each with its reason', async () => {
    const other = openAlone('test');
    await other.start();
    const local = open({
      environments: [
        { id: '../x', port: portOf('prod') },
        { id: 'test', port: portOf('test') },
        { id: 'dev', port: portOf('dev') },
      ],
    });
    await local.start();
    await clientOf('dev').putFlow('orders', { yaml: flowYaml('orders') });
    assert.deepEqual(
      [...(await local.reset())],
      [
        ['../x', '"../x" cannot be the name of a local environment.'],
        ['test', 'The local environment "test" runs in another window. Reset it there.'],
      ],
    );
    assert.deepEqual(await clientOf('dev').listFlows(), []);
  });

  it('recognise the same environment of another window, and leave its flows alone', async () => {
    const other = openAlone('dev');
    await other.start();
    const mine = openAlone('dev');
    const state = await mine.start();
    assert.deepEqual(state.get('dev'), { kind: 'port-in-use', port: portOf('dev'), heldBy: 'another-window' });
    await clientOf('dev').putFlow('orders', { yaml: flowYaml('orders') });
    const elsewhere = new Map([['dev', 'The local environment "dev" runs in another window. Reset it there.']]);
    assert.deepEqual(await mine.reset(), elsewhere);
    assert.deepEqual(await openAlone('dev').reset(), elsewhere, 'one that has never been started');
    assert.equal((await clientOf('dev').listFlows()).length, 1);
    await other.stop();
    assert.equal((await mine.start()).get('dev')?.kind, 'started');
  });

  it('take another environment of another window for another program', async () => {
    const swapped = open({ environments: [{ id: 'prod', port: portOf('dev') }] });
    await swapped.start();
    const state = await openAlone('dev').start();
    assert.deepEqual(state.get('dev'), { kind: 'port-in-use', port: portOf('dev'), heldBy: 'another-program' });
  });

  const programs: Readonly<Record<string, Misbehaviour>> = {
    'a web server': answer(200, '<html></html>'),
    'a JSON service': answer(200, { status: 'UP' }),
    'one that answers null': answer(200, null),
    'one that never answers': () => undefined,
    'one that hangs up': (request) => void request.socket.destroy(),
  };
  for (const [name, misbehaviour] of Object.entries(programs)) {
    it(`take ${name} on their port for another program, and give it no token`, async () => {
      const program = cleanup.add(await startMisbehavingRuntime(misbehaviour));
      const port = Number(new URL(program.url).port);
      const local = open({ environments: [{ id: 'dev', port }] });
      assert.deepEqual((await local.start()).get('dev'), { kind: 'port-in-use', port, heldBy: 'another-program' });
      assert.ok(program.calls.every(({ headers }) => headers.authorization === undefined));
    });
  }

  it('say why one could not start, and start the others', async () => {
    const tokenFor = (id: string) =>
      id === 'test' ? Promise.reject(new Error('the keyring is locked')) : Promise.resolve('token');
    const state = await open({ tokenFor }).start();
    assert.deepEqual(state.get('test'), { kind: 'failed', reason: 'the keyring is locked' });
    assert.equal(state.get('prod')?.kind, 'started');
  });

  it('have no folder outside of their storage', async () => {
    const local = open({ environments: [{ id: '../x', port: portOf('dev') }] });
    const state = await local.start();
    assert.equal(state.get('../x')?.kind, 'failed');
    assert.deepEqual([...(await local.reset()).keys()], ['../x']);
    assert.deepEqual(await readdir(storageDirectory), []);
  });

  it('have a folder each that every file system takes, whatever the case and the dots of their ids', async () => {
    const ids = ['dev', 'Dev', 'te.st', 'te', 'te.', 'con'];
    const folders = ids.map((id) => basename(environmentFolder(storageDirectory, id) ?? ''));
    assert.deepEqual(
      folders.filter((name) => !name.startsWith('~')),
      ['dev', 'te.st', 'te'],
    );
    assert.equal(new Set(folders.map((name) => name.toLowerCase().replace(/\.$/, ''))).size, ids.length);
    const local = open({ environments: [{ id: 'te.st', port: portOf('dev') }] });
    assert.equal((await local.start()).get('te.st')?.kind, 'started');
    await local.stop();
  });

  it('say which two have one port, and start the first', async () => {
    const port = portOf('dev');
    const local = open({
      environments: [
        { id: 'dev', port },
        { id: 'same', port },
      ],
    });
    const state = await local.start();
    const reason = `its port ${port} is that of dev, too; give one of them another port`;
    assert.deepEqual(state.get('same'), { kind: 'failed', reason });
    assert.equal(state.get('dev')?.kind, 'started');
    await local.stop();
  });

  it('are stopped even while they start', async () => {
    const local = open();
    const starting = local.start();
    await local.stop();
    await starting;
    assert.deepEqual(
      [...local.state.values()].map(({ kind }) => kind),
      Array(4).fill('stopped'),
    );
    assert.equal((await catchRuntimeError(clientOf('dev').health())).kind, 'network');
  });
});

describe('free ports', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  async function hold(host: string): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    cleanup.after(
      () =>
        new Promise((resolve) =>
          server.close(() => {
            resolve();
          }),
        ),
    );
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  for (const host of ['127.0.0.1', '0.0.0.0', '::1', '::']) {
    it(`are not those on which somebody listens at ${host}`, async function () {
      const port = await hold(host).catch(() => this.skip());
      assert.notEqual(await findFreePort(port, new Set()), port);
    });
  }

  it('are not those that are taken already', async () => {
    const from = 20_000 + Math.floor(Math.random() * 10_000);
    const free = await findFreePort(from, new Set());
    assert.ok((await findFreePort(from, new Set([free]))) > free);
  });

  it('end where the numbers of ports do', async () => {
    await assert.rejects(findFreePort(65_535, new Set([65_535])), /No port/);
  });

  it('are different for each environment, from 8181 upwards', async () => {
    const chosen = await chooseLocalPorts();
    assert.deepEqual(
      chosen.map(({ id }) => id),
      ['dev', 'test', 'staging', 'prod'],
    );
    assert.equal(new Set(chosen.map(({ port }) => port)).size, 4);
    assert.ok(chosen.every(({ port }) => port >= 8181));
  });
});
