import type { Log } from '../core/ports';

/** Proxy settings as plain data, read by whoever knows the editor (`http.proxy` and its kin). */
export interface ProxySettings {
  /** `http.proxy`; empty or absent: the usual environment variables decide. */
  readonly url?: string;
  /** `http.noProxy`: hosts that are reached directly, in addition to `NO_PROXY`. */
  readonly noProxy?: readonly string[];
  /** `http.proxyStrictSSL`: `false` accepts any certificate of the proxy itself, never of the runtime behind it. */
  readonly strictSSL?: boolean;
  /** `http.proxyAuthorization`: the whole value of the `Proxy-Authorization` header. */
  readonly authorization?: string;
  /** Send even requests to this machine through the proxy. Off unless told. */
  readonly coversLoopback?: boolean;
}

/** PEM texts, not file names. */
export interface TlsMaterial {
  /** Trusted in addition to Node's and the system's own authorities. */
  readonly ca?: readonly string[];
  readonly cert?: string;
  readonly key?: string;
}

export interface RuntimeClientOptions {
  /** The environment's URL; `/_api/…` is appended to its path. */
  readonly baseUrl: string;
  /** Asked before every call, so that a changed token is used at once; before health only to keep it out of an error. */
  readonly token: () => Promise<string | undefined>;
  /** For each of: connecting, waiting for the headers, and silence within the body. Milliseconds. */
  readonly timeoutMs: number;
  /** Plain http to anything but this machine. */
  readonly allowInsecure: boolean;
  readonly tls?: TlsMaterial;
  readonly proxy?: ProxySettings;
  readonly userAgent: string;
  readonly log?: Log;
  /** First back-off before a read is repeated, in milliseconds; the second is twice as long. Default 200. */
  readonly retryDelayMs?: number;
}
