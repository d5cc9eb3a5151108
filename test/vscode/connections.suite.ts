import assert from 'node:assert/strict';
import { ConfigurationTarget, workspace } from 'vscode';
import { answerJson, startFaultyRuntime, type FaultyAnswer } from '../support/faultyRuntime';
import { answer, startMisbehavingRuntime } from '../support/misbehavingRuntime';
import { startProxy } from '../support/startProxy';
import { startTlsRuntime } from '../support/startTlsRuntime';
import {
  authorityCertificate,
  clientCertificate,
  expiredCertificate,
  signedCertificate,
  testKey,
} from '../support/testCertificates';
import { Cleanup } from '../support/openClient';
import { person } from './support/person';
import { cell, environmentRow } from './support/trees';
import { until } from './support/until';
import { World, refresh } from './support/world';

describe('the connection to an environment', () => {
  const cleanup = new Cleanup();
  let world: World;
  before(async () => {
    world = await World.open();
    await world.addFlow('orders');
    await world.write('tls/ca.pem', authorityCertificate);
    await world.write('tls/client.pem', clientCertificate);
    await world.write('tls/client.key', testKey);
    await world.write('tls/page.pem', '<html>');
  });
  after(() => world.close());
  beforeEach(() => {
    person.reset();
  });
  afterEach(async () => {
    for (const name of changedSettings) await setProxy(name, undefined);
    changedSettings.clear();
    await world.write('pipebase.yaml', world.registryText());
    await refresh();
    await cleanup.run();
  });

  /** Writes an environment `far` beside the others, and reads it. */
  async function wire(far: Readonly<Record<string, unknown>>): Promise<void> {
    await world.write('pipebase.yaml', `${world.registryText()}  far: ${JSON.stringify(far)}\n`);
    await refresh();
  }

  async function wireWithToken(far: Readonly<Record<string, unknown>>): Promise<void> {
    await wire(far);
    person.types = () => 'tok-far';
    await world.run('pipebase.environment.setToken', { environment: 'far' });
    await refresh();
  }

  const changedSettings = new Set<string>();

  async function setProxy(name: string, value: unknown): Promise<void> {
    changedSettings.add(name);
    await workspace.getConfiguration('http').update(name, value, ConfigurationTarget.Global);
  }

  const answers = /^0 flows · as of /;
  const noSecure = 'There is no secure connection to it. Check its url and tls in pipebase.yaml.';

  it('shows what is wrong with a certificate, with the setting that solves it', async () => {
    const { url } = cleanup.add(await startTlsRuntime({ cert: signedCertificate }));
    await wireWithToken({ url });
    const unknown = `${noSecure} Its certificate is from an authority unknown here`;
    assert.ok((await cell('orders', 'far')).startsWith(`Unreachable · ${unknown}`), await cell('orders', 'far'));
    assert.ok((await environmentRow('far')).includes(unknown), await environmentRow('far'));
    await wire({ url, tls: { caFile: 'tls/page.pem' } });
    assert.match(
      await cell('orders', 'far'),
      /tls\/page\.pem, named as tls\.caFile, holds no certificate in PEM form\.$/,
    );
    await wire({ url, tls: { caFile: 'tls/ca.pem' } });
    assert.equal(await cell('orders', 'far'), 'Not deployed');
    assert.match(await environmentRow('far'), answers);
  });

  it('turns from green to Unreachable when the certificate breaks, and back', async () => {
    const runtime = cleanup.add(await startTlsRuntime({ cert: signedCertificate }));
    await wireWithToken({ url: runtime.url, tls: { caFile: 'tls/ca.pem' } });
    assert.match(await environmentRow('far'), answers);
    runtime.present(expiredCertificate);
    for (let round = 0; round < 3; round++) {
      await refresh();
      assert.match(await cell('orders', 'far'), /^Unreachable · There is no secure connection to it\..* certificate/);
      assert.match(await environmentRow('far'), /^last answered .* There is no secure connection to it\./);
    }
    runtime.present(signedCertificate);
    await refresh();
    assert.match(await environmentRow('far'), answers);
  });

  it('shows the client certificate and uses the key that pipebase.yaml names', async () => {
    const wanting = { cert: signedCertificate, ca: authorityCertificate, requestCert: true };
    const { url } = cleanup.add(await startTlsRuntime(wanting));
    await wireWithToken({ url, tls: { caFile: 'tls/ca.pem' } });
    assert.match(await environmentRow('far'), /client certificate/);
    await wire({ url, tls: { caFile: 'tls/ca.pem', certFile: 'tls/client.pem', keyFile: 'tls/client.key' } });
    assert.match(await environmentRow('far'), answers);
  });

  it('goes by the proxy of the settings, as they are at the time', async () => {
    const authorization = 'Basic cHJveHk6cGFzcw==';
    const { port } = cleanup.add(await startTlsRuntime({ cert: signedCertificate }));
    const proxy = cleanup.add(await startProxy(port, { authorization }));
    await wireWithToken({ url: 'https://runtime.invalid', tls: { caFile: 'tls/ca.pem' } });
    assert.match(await environmentRow('far'), /It does not answer\./);

    await setProxy('proxy', proxy.url);
    await refresh();
    assert.match(await environmentRow('far'), /The proxy does not let the request through\..*http\.proxyAuthorization/);

    await setProxy('proxyAuthorization', authorization);
    await refresh();
    assert.match(await environmentRow('far'), answers);
    assert.equal(proxy.tunnels.at(-1)?.target, 'runtime.invalid:443');
    assert.equal(proxy.tunnels.at(-1)?.headers['proxy-authorization'], authorization);

    await setProxy('noProxy', ['runtime.invalid']);
    const before = proxy.tunnels.length;
    await refresh();
    assert.match(await environmentRow('far'), /It does not answer\./);
    await setProxy('noProxy', undefined);
    await refresh();
    assert.match(await environmentRow('far'), answers);
    assert.ok(proxy.tunnels.length > before);

    await setProxy('proxy', undefined);
    await refresh();
    assert.match(await environmentRow('far'), /It does not answer\./);
    await until(() => {
      assert.equal(proxy.openTunnels(), 0);
    });
  });

  it('takes the certificate of the proxy for what http.proxyStrictSSL says', async () => {
    const { port } = cleanup.add(await startTlsRuntime({ cert: signedCertificate }));
    const proxy = cleanup.add(await startProxy(port, { tls: { key: testKey, cert: expiredCertificate } }));
    await setProxy('proxy', proxy.url);
    await wireWithToken({ url: 'https://runtime.invalid', tls: { caFile: 'tls/ca.pem' } });
    assert.match(await environmentRow('far'), /The certificate of https:.* is not accepted.*http\.proxyStrictSSL/);
    await setProxy('proxyStrictSSL', false);
    await refresh();
    assert.match(await environmentRow('far'), answers);
  });

  it('is ended when the environment changes, and when it goes', async () => {
    const runtime = cleanup.add(await startMisbehavingRuntime(answer(200, [])));
    await wireWithToken({ url: runtime.url });
    assert.ok((await runtime.openSockets()) > 0);
    await wire({ url: world.dev.url });
    await until(async () => {
      assert.equal(await runtime.openSockets(), 0);
    });
    await wire({ url: runtime.url });
    assert.ok((await runtime.openSockets()) > 0);
    await world.write('pipebase.yaml', world.registryText());
    await refresh();
    await until(async () => {
      assert.equal(await runtime.openSockets(), 0);
    });
  });

  it('lets a write end that is under way when a setting of its environment is edited', async () => {
    let finish: (() => void) | undefined;
    const answerLate: FaultyAnswer = (_request, response, { perform, orderly }) => {
      finish = () => {
        // who has hung up does not get what was asked for
        if (response.destroyed) return;
        perform();
        answerJson(response, orderly());
      };
    };
    const runtime = cleanup.add(await startFaultyRuntime({ call: 'put', answer: answerLate }));
    await wireWithToken({ url: runtime.url });
    const deploy = world.run('pipebase.flow.deploy', { flow: 'orders', environment: 'far' });
    await until(() => {
      assert.ok(finish);
    });
    await wire({ url: runtime.url, timeoutMs: 20_000 });
    await refresh();
    finish?.();
    await deploy;
    assert.equal(person.told.at(-1)?.message, 'Deployed orders to far: in sync.');
    assert.deepEqual([...runtime.flows.keys()], ['orders']);
  });
});
