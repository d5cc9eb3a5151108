import assert from 'node:assert/strict';
import { faultError } from '../../src/runtime/answerError';
import { classifyFault } from '../../src/runtime/classifyFault';
import { ProxyFault } from '../../src/runtime/proxyFault';
import type { RuntimeError } from '../../src/core/ports';
import type { UnreachableReason } from '../../src/core/promotion/types';
import { cellSentence } from '../../src/vscode/sentences/cellSentence';
import { assertSentences } from '../unit/vscode/sentences/assertSentences';

const proxy = 'http://proxy.corp:3128';
const noAnswer = 'It does not answer. Check that the runtime runs and that its URL is right.';
const late = 'It did not answer in time. Check the runtime, or raise timeoutMs.';
const insecure = 'There is no secure connection to it. Check its url and tls in pipebase.yaml.';
const notLetThrough =
  'The proxy does not let the request through. Check http.proxy, or name this host in http.noProxy.';

function fault(code: string | undefined, message: string): Error {
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}

function errorOf(thrown: Error): RuntimeError {
  const url = new URL('https://runtime.example.com/_api/flows');
  const classified = classifyFault(thrown);
  return faultError({ method: 'GET', path: '/_api/flows', url }, { kind: 'failed', wasSent: false, ...classified });
}

function sentenceOf(thrown: Error): string {
  const { kind, detail } = errorOf(thrown);
  return cellSentence({ state: 'unreachable', reason: kind as UnreachableReason, ...(detail ? { detail } : {}) });
}

/** What is thrown, and what a person reads of it. */
const cases: readonly (readonly [Error, string])[] = [
  [fault('ECONNREFUSED', 'connect ECONNREFUSED ::1:1'), `${noAnswer} Nothing listens there (ECONNREFUSED).`],
  [fault('ENOTFOUND', 'getaddrinfo ENOTFOUND x'), `${noAnswer} The host name is not known (ENOTFOUND).`],
  [fault('ECONNRESET', 'read ECONNRESET'), `${noAnswer} The connection was reset (ECONNRESET).`],
  [fault('EPIPE', 'write EPIPE'), `${noAnswer} The connection was closed (EPIPE).`],
  [fault('UND_ERR_SOCKET', 'other side closed'), `${noAnswer} The connection was closed (UND_ERR_SOCKET).`],
  [fault('EACCES', 'connect EACCES 10.0.0.1:1'), `${noAnswer} Connect EACCES 10.0.0.1:1.`],
  [fault('EBADF', ''), `${noAnswer} EBADF.`],
  [fault(undefined, ''), noAnswer],
  [fault('ETIMEDOUT', 'connect ETIMEDOUT 10.0.0.1:1'), `${late} No connection in time (ETIMEDOUT).`],
  [
    fault('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'),
    `${insecure} Its certificate is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT). Name it as tls.caFile.`,
  ],
  [
    fault('UNABLE_TO_GET_ISSUER_CERT', 'x'),
    `${insecure} Its certificate is from an authority unknown here (UNABLE_TO_GET_ISSUER_CERT). Name the PEM file of that authority as tls.caFile.`,
  ],
  [
    fault('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'x'),
    `${insecure} It wants a client certificate (ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED). Name tls.certFile and tls.keyFile.`,
  ],
  [
    fault('ERR_OSSL_X509_KEY_VALUES_MISMATCH', 'x'),
    `${insecure} tls.keyFile is not the key of tls.certFile (ERR_OSSL_X509_KEY_VALUES_MISMATCH). Correct one of them.`,
  ],
  [
    fault('ERR_OSSL_PEM_NO_START_LINE', 'x'),
    `${insecure} A file named there cannot be used (ERR_OSSL_PEM_NO_START_LINE). tls.caFile, tls.certFile and tls.keyFile are PEM files; the key has no passphrase.`,
  ],
  [fault('EPROTO', 'write EPROTO 80:error'), `${insecure} Write EPROTO 80:error.`],
  [
    new ProxyFault(proxy, undefined, fault('ECONNREFUSED', 'connect ECONNREFUSED ::1:1')),
    `${notLetThrough} ${proxy} cannot be used: nothing listens there (ECONNREFUSED).`,
  ],
  [new ProxyFault(proxy, undefined, new Error('')), `${notLetThrough} ${proxy} cannot be used.`],
  [new ProxyFault(proxy, 403), `${notLetThrough} ${proxy} answers 403 when asked for a connection to it.`],
];

describe('the words for a fault', () => {
  for (const [thrown, expected] of cases) {
    it(`say once what there is to say: ${expected}`, () => {
      const sentence = sentenceOf(thrown);
      assert.equal(sentence, expected);
      assertSentences(sentence);
      for (const word of sentence.match(/[A-Z_0-9]{5,}|pipebase\.yaml/g) ?? []) {
        assert.equal(sentence.split(word).length, 2, `${word} stands twice`);
      }
    });
  }
});
