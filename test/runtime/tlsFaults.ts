import type { ServerOptions } from 'node:https';
import type { TlsMaterial } from '../../src/runtime/runtimeClient';
import {
  authorityCertificate,
  clientCertificate,
  expiredCertificate,
  localhostCertificate,
  otherHostCertificate,
  signedCertificate,
  testKey,
} from '../support/testCertificates';

/** A key of its own, which belongs to no certificate here. */
const otherKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgtd5f4DIRSh6Q4ynS
tZNAeQfAnpY2YoqjOPTZgER+NtyhRANCAARscKRZqZVqVmjtH9f5MuLAkc+oGstL
VjOvjEoX4jdhf7W49warNn57OMkMZllfzIujHZ+pGpXeAL2Bk+B884u+
-----END PRIVATE KEY-----`;

/** What a runtime shows, what the environment has, and the words that solve it. */
export interface TlsFault {
  readonly server: ServerOptions;
  readonly tls: TlsMaterial;
  readonly detail: RegExp;
  /** The client's handshake has ended by then: where no alert comes through, nobody can tell whether a write arrived. */
  readonly isAfterHandshake?: boolean;
}

const ca = [authorityCertificate];
const wanting = { cert: signedCertificate, ca: authorityCertificate, requestCert: true } as const;
const showCertificate = /client certificate.*\. Name tls\.certFile and tls\.keyFile/;
/** From before TLS 1.2; OpenSSL has to be talked into it. */
const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;

/** Every way in which no secure connection comes about; none of them lets a request through. */
export const tlsFaults: Readonly<Record<string, TlsFault>> = {
  'its certificate is self-signed': {
    server: { cert: localhostCertificate },
    tls: {},
    detail: /is self-signed \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. .*tls\.caFile/,
  },
  'its certificate is from an unknown authority': {
    server: { cert: signedCertificate },
    tls: {},
    detail: /authority unknown here \(UNABLE_TO_.*\)\. .*tls\.caFile/,
  },
  'its certificate is for another host': {
    server: { cert: otherHostCertificate },
    tls: { ca: [otherHostCertificate] },
    detail: /does not match.*127\.0\.0\.1.*\(ERR_TLS_CERT_ALTNAME_INVALID\)\. Use a name that its certificate has\.$/,
  },
  'its certificate has expired': {
    server: { cert: expiredCertificate },
    tls: { ca: [expiredCertificate] },
    detail: /has expired \(CERT_HAS_EXPIRED\)\. .*renewed/,
  },
  'it wants a client certificate and gets none (TLS 1.2)': {
    server: { ...wanting, maxVersion: 'TLSv1.2' },
    tls: { ca },
    detail: showCertificate,
  },
  'it wants a client certificate and gets none (TLS 1.3)': {
    server: wanting,
    tls: { ca },
    detail: showCertificate,
    isAfterHandshake: true,
  },
  'it gets a client certificate from another authority (TLS 1.2)': {
    server: { ...wanting, maxVersion: 'TLSv1.2' },
    tls: { ca, cert: otherHostCertificate, key: testKey },
    detail: showCertificate,
  },
  'it gets a client certificate from another authority (TLS 1.3)': {
    server: wanting,
    tls: { ca, cert: otherHostCertificate, key: testKey },
    detail: showCertificate,
    isAfterHandshake: true,
  },
  'the key is not the one of the client certificate': {
    server: wanting,
    tls: { ca, cert: clientCertificate, key: otherKey },
    detail: /tls\.keyFile is not the key of tls\.certFile/,
  },
  'it speaks no TLS from this decade': {
    server: { cert: signedCertificate, ...old },
    tls: { ca },
    detail: /speaks no version of TLS.* accepted here \(ERR_SSL_.*\)\. .*TLS 1\.2/,
  },
};
