import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { TlsFiles } from '../../src/core/registry/types';
import { readTlsMaterial } from '../../src/runtime/readTlsMaterial';
import { cellSentence } from '../../src/vscode/sentences/cellSentence';
import { catchRuntimeError } from '../support/catchRuntimeError';
import { authorityCertificate, clientCertificate, signedCertificate, testKey } from '../support/testCertificates';

const files: Readonly<Record<string, string>> = {
  'ca.pem': authorityCertificate,
  'bundle.pem': `# two of them\r\n${authorityCertificate}\r\n${signedCertificate}\r\n`,
  'client.pem': clientCertificate,
  'client.key': testKey,
  'locked.key': createPrivateKey(testKey)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString(),
  'ca.der': new TextDecoder().decode(new X509Certificate(authorityCertificate).raw),
  'empty.pem': '',
  'login.html': '<html>Please log in</html>',
  'broken.pem': authorityCertificate.replace('MII', 'AAA'),
  'half.pem': authorityCertificate.slice(0, 200),
  'bundle-broken.pem': `${signedCertificate}\n${authorityCertificate.replace('MII', 'AAA')}`,
};

function read(file: string): Promise<string> {
  const text = files[file];
  return text === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(text);
}

describe('the files under tls', () => {
  it('are read where they are named', async () => {
    assert.equal(await readTlsMaterial({}, read), undefined);
    assert.deepEqual(await readTlsMaterial({ caFile: 'ca.pem' }, read), { ca: [authorityCertificate] });
    assert.deepEqual(await readTlsMaterial({ caFile: 'bundle.pem' }, read), { ca: [files['bundle.pem']] });
    const own = { certFile: 'client.pem', keyFile: 'client.key' };
    assert.deepEqual(await readTlsMaterial(own, read), { cert: clientCertificate, key: testKey });
  });

  const none = 'holds no certificate in PEM form';
  const broken = 'holds a certificate that cannot be read';
  const noKey = 'holds no private key in PEM form, or one with a passphrase';
  const key = { keyFile: 'client.key' };
  const cert = { certFile: 'client.pem' };
  const cases: readonly (readonly [TlsFiles, string])[] = [
    [{ caFile: 'nowhere.pem' }, 'nowhere.pem, named as tls.caFile, cannot be read'],
    [{ caFile: 'ca.der' }, `ca.der, named as tls.caFile, ${none}`],
    [{ caFile: 'empty.pem' }, `empty.pem, named as tls.caFile, ${none}`],
    [{ caFile: 'login.html' }, `login.html, named as tls.caFile, ${none}`],
    [{ caFile: 'half.pem' }, `half.pem, named as tls.caFile, ${none}`],
    [{ caFile: 'client.key' }, `client.key, named as tls.caFile, ${none}`],
    [{ caFile: 'broken.pem' }, `broken.pem, named as tls.caFile, ${broken}`],
    [{ caFile: 'bundle-broken.pem' }, `bundle-broken.pem, named as tls.caFile, ${broken}`],
    [{ certFile: 'client.key', ...key }, `client.key, named as tls.certFile, ${none}`],
    [{ ...cert, keyFile: 'client.pem' }, `client.pem, named as tls.keyFile, ${noKey}`],
    [{ ...cert, keyFile: 'locked.key' }, `locked.key, named as tls.keyFile, ${noKey}`],
    [{ caFile: 'ca.pem', ...cert }, 'tls.certFile is of no use without tls.keyFile, which is missing'],
    [key, 'tls.keyFile is of no use without tls.certFile, which is missing'],
  ];
  for (const [named, detail] of cases) {
    it(`are a TLS fault where ${detail}`, async () => {
      const error = await catchRuntimeError(readTlsMaterial(named, read));
      assert.deepEqual([error.kind, error.detail, error.isOutcomeUnknown], ['tls', detail, false]);
      const sentence = cellSentence({ state: 'unreachable', reason: 'tls', detail });
      assert.equal(sentence.split('pipebase.yaml').length, 2, sentence);
    });
  }
});
