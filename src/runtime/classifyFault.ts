import type { TransportFaultName } from './transportTypes';

export interface ClassifiedFault {
  readonly fault: TransportFaultName;
  readonly detail: string;
  readonly code?: string;
}

const faultsByCode: Readonly<Record<string, TransportFaultName>> = {
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  UND_ERR_DESTROYED: 'cancelled',
  UND_ERR_CLOSED: 'cancelled',
  UND_ERR_SOCKET: 'reset',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_PRX_TLS: 'tls',
  EPROTO: 'tls',
  UND_ERR_HEADERS_OVERFLOW: 'not-http',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'not-http',
};

/** OpenSSL's and Node's names for certificate and handshake problems. */
const tlsCode =
  /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_MISMATCH)/;

const words: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
};

/** Names a transport error by its code, never by its message. */
export function classifyFault(error: unknown): ClassifiedFault {
  const { code, message } = describeError(error);
  // undici's parser gives a code to some of its errors only
  if (error instanceof Error && error.name === 'HTTPParserError') return { fault: 'not-http', detail: message };
  if (code === undefined) return { fault: 'network', detail: message };
  const fault = faultsByCode[code] ?? (tlsCode.test(code) ? 'tls' : 'network');
  return { fault, detail: `${words[code] ?? message} (${code})`, code };
}

interface ErrorLike {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** A host with several addresses fails with one error around one per address: the first speaks for all. */
function describeError(error: unknown): { code?: string; message: string } {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  const { code, message, cause, errors } = error as ErrorLike;
  if (Array.isArray(errors) && errors.length > 0) return describeError(errors[0]);
  if (code === 'UND_ERR_PRX_TLS' && cause !== undefined) return { code, message: describeError(cause).message };
  const text = typeof message === 'string' ? withoutAdvice(message) : '';
  return typeof code === 'string' ? { code, message: text } : { message: text };
}

/** Newer Node versions append advice about their own command line, which is of no use inside an editor. */
function withoutAdvice(message: string): string {
  return message.replace(/; if the root CA is installed locally.*$/s, '');
}
