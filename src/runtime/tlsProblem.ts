import { tlsRefusedCode } from './nameRefusals';

/** OpenSSL's and Node's names for certificate and handshake problems. */
const tlsCode =
  /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_MISMATCH|EPROTO$)/;

const trustAuthority = 'Name the PEM file of that authority as tls.caFile.';
const showCertificate = 'Name tls.certFile and tls.keyFile.';
const checkScheme = 'Perhaps its url should begin with http://.';

/**
 * What is wrong, and the setting that solves it: it follows a sentence that names `url` and `tls` in `pipebase.yaml`. Without
 * a problem of its own, Node's words stand for it.
 */
interface TlsProblem {
  readonly problem?: string;
  readonly remedy: string;
  /** Told by the other side while greeting: it has read no request. */
  readonly isInHandshake?: boolean;
}

const unknownAuthority = { problem: 'Its certificate is from an authority unknown here', remedy: trustAuthority };
const certificateWanted = {
  problem: 'It wants a client certificate',
  remedy: showCertificate,
  isInHandshake: true,
} as const;
const certificateRefused = {
  problem: 'It does not accept the client certificate',
  remedy: showCertificate,
  isInHandshake: true,
} as const;
const hungUp = {
  problem: 'It ends the secure connection without a word, as one does that wants a client certificate, or another one',
  remedy: showCertificate,
};
const otherVersions = {
  problem: 'It speaks no version of TLS that is accepted here',
  remedy: 'It has to offer TLS 1.2 or later.',
  isInHandshake: true,
} as const;
const noTls = { problem: 'What answers there does not speak TLS', remedy: checkScheme };

const problems: Readonly<Record<string, TlsProblem>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    problem: 'Its certificate is self-signed',
    remedy: 'Name it as tls.caFile.',
  },
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  CERT_HAS_EXPIRED: { problem: 'Its certificate has expired', remedy: 'It has to be renewed there.' },
  CERT_NOT_YET_VALID: { problem: 'Its certificate is not valid yet', remedy: "Check this machine's clock." },
  ERR_TLS_CERT_ALTNAME_INVALID: { remedy: 'Use a name that its certificate has.' },
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: certificateWanted,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: {
    ...certificateWanted,
    problem: 'It ends the handshake, as one that wants a client certificate does',
  },
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: certificateRefused,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: certificateRefused,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: certificateRefused,
  ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE: certificateRefused,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: certificateRefused,
  ERR_OSSL_X509_KEY_VALUES_MISMATCH: {
    problem: 'tls.keyFile is not the key of tls.certFile',
    remedy: 'Correct one of them.',
  },
  [tlsRefusedCode]: hungUp,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: otherVersions,
  ERR_SSL_UNSUPPORTED_PROTOCOL: otherVersions,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
};

export interface NamedTlsProblem {
  readonly detail: string;
  readonly isInHandshake: boolean;
}

/** The words for an error code of TLS, undefined where the code is none. `message` is Node's own. */
export function tlsProblem(code: string, message: string): NamedTlsProblem | undefined {
  const known = problems[code] ?? unreadableFile(code);
  if (!known && !tlsCode.test(code)) return undefined;
  const { problem = message, remedy, isInHandshake = false } = known ?? { remedy: '' };
  const isNamed = problem.includes(code);
  return { detail: `${problem}${isNamed ? '' : ` (${code})`}. ${remedy}`.trim(), isInHandshake };
}

/** OpenSSL has a code of its own for each way in which a file is no PEM. */
function unreadableFile(code: string): TlsProblem | undefined {
  if (!code.startsWith('ERR_OSSL_')) return undefined;
  return {
    problem: 'A file named there cannot be used',
    remedy: 'tls.caFile, tls.certFile and tls.keyFile are PEM files; the key has no passphrase.',
  };
}
