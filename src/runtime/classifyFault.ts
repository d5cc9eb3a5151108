import { proxyFaultCode, type ProxyFault } from './proxyFault';
import { tlsProblem } from './tlsProblem';
import type { TransportFaultName } from './transportTypes';

export interface ClassifiedFault {
  readonly fault: TransportFaultName;
  readonly detail: string;
  readonly code?: string;
  /** The other side said so before it could have read a request. */
  readonly isBeforeRequest?: boolean;
}

const faultsByCode: Readonly<Record<string, TransportFaultName>> = {
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  UND_ERR_DESTROYED: 'cancelled',
  UND_ERR_CLOSED: 'cancelled',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_INFO: 'reset',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  // the transport falls back on HTTP/1.1 for nobody: what breaks over HTTP/2 is worth asking again
  ERR_HTTP2_STREAM_ERROR: 'reset',
  ERR_HTTP2_SESSION_ERROR: 'reset',
  ERR_HTTP2_GOAWAY_SESSION: 'reset',
  ERR_HTTP2_STREAM_CANCEL: 'reset',
  UND_ERR_HEADERS_OVERFLOW: 'not-http',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'not-http',
};

const words: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  ETIMEDOUT: 'no connection in time',
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
};

/** Names a transport error by its code, never by its message. */
export function classifyFault(error: unknown): ClassifiedFault {
  if (isProxyFault(error)) return classifyProxyFault(error);
  const { code, message } = describeError(error);
  // undici's parser gives a code to some of its errors only
  if (error instanceof Error && error.name === 'HTTPParserError') return { fault: 'not-http', detail: message };
  if (code === undefined) return { fault: 'network', detail: message };
  const problem = tlsProblem(code, message);
  if (problem) return { fault: 'tls', detail: problem.detail, code, isBeforeRequest: problem.isInHandshake };
  return { fault: faultsByCode[code] ?? 'network', detail: named(words[code] ?? message, code), code };
}

/** With the code to search the web for, where the words do not have it already. */
function named(text: string, code: string): string {
  if (text === '') return code;
  return text.includes(code) ? text : `${text} (${code})`;
}

function isProxyFault(error: unknown): error is ProxyFault {
  return error instanceof Error && 'code' in error && error.code === proxyFaultCode;
}

/** The proxy's own trouble in the proxy's own words: the settings that solve it are the editor's, not the registry's. */
function classifyProxyFault({ proxy, status, cause, code }: ProxyFault): ClassifiedFault {
  const refused = status === undefined ? undefined : refusal(proxy, status);
  if (refused !== undefined) return { fault: 'proxy', detail: refused, code };
  const { code: own, message } = describeError(cause);
  if (own !== undefined && tlsProblem(own, message)) {
    const remedy = 'Have this machine trust it, or set http.proxyStrictSSL to false.';
    return {
      fault: 'proxy',
      detail: `The certificate of ${proxy} is not accepted: ${named(message, own)}. ${remedy}`,
      code,
    };
  }
  const why = own === undefined ? message : named(words[own] ?? message, own);
  return { fault: 'proxy', detail: [`${proxy} cannot be used`, why].filter(Boolean).join(': '), code };
}

function refusal(proxy: string, status: number): string {
  if (status !== 407) return `${proxy} answers ${status} when asked for a connection to it`;
  return `${proxy} wants credentials that it was not given (407). Set http.proxyAuthorization.`;
}

interface ErrorLike {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly errors?: unknown;
}

/** A host with several addresses fails with one error around one per address: the first speaks for all. */
function describeError(error: unknown): { code?: string; message: string } {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  const { code, message, errors } = error as ErrorLike;
  if (Array.isArray(errors) && errors.length > 0) return describeError(errors[0]);
  const text = typeof message === 'string' ? withoutAdvice(message) : '';
  return typeof code === 'string' ? { code, message: text } : { message: text };
}

/** Newer Node versions append advice about their own command line, which is of no use inside an editor. */
function withoutAdvice(message: string): string {
  return message.replace(/; if the root CA is installed locally.*$/s, '');
}
