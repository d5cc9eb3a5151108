import type { ProxySettings, TlsMaterial } from './runtimeClientOptions';

/**
 * What the client and the transport say to each other: plain data only. The transport is bundled as a chunk of its
 * own, so that a class on one side is not the class of the same name on the other.
 */
export interface TransportOptions {
  /** Scheme, host and port of the one runtime that this transport speaks to. */
  readonly origin: string;
  readonly timeoutMs: number;
  /** Answers larger than this are refused, as they come and when decompressed. */
  readonly maxAnswerBytes: number;
  readonly tls: TlsMaterial;
  readonly proxy: ProxySettings;
}

export interface TransportRequest {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  /** With a leading slash. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface TransportAnswer {
  readonly kind: 'answered';
  readonly status: number;
  /** Lower-case names; of a repeated header the first. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The bytes were not UTF-8: characters of `body` are replaced. Good enough for an error text, and for nothing else. */
  readonly isGarbled?: boolean;
}

/**
 * `reset`: the connection was there and broke. `network`: it could not be made. `proxy`: a proxy did not let it be
 * made. `not-http`: what came was no HTTP answer that we can read.
 */
export type TransportFaultName =
  'cancelled' | 'timeout' | 'tls' | 'proxy' | 'reset' | 'network' | 'not-http' | 'too-large';

export interface TransportFault {
  readonly kind: 'failed';
  readonly fault: TransportFaultName;
  /** A sentence in the transport's words; may repeat what the other side sent, so redact before showing. */
  readonly detail: string;
  /** Node's or undici's error code. */
  readonly code?: string;
  /** The request, or a part of it, may have reached the other side. */
  readonly wasSent: boolean;
}

/** An answer that goes on: what came is read in pieces, and what is not read holds up the other side. */
export interface TransportStream {
  readonly kind: 'streaming';
  /** The next bytes; a fault, once, where the stream breaks; undefined at its end. */
  read(): Promise<Uint8Array | TransportFault | undefined>;
  /** Resolves, however it ends, to whether that was a time-out. */
  readonly ended: Promise<boolean>;
}

export interface Transport {
  /** Never rejects. */
  request(request: TransportRequest): Promise<TransportAnswer | TransportFault>;
  /**
   * Opens a stream of server-sent events; resolves to the whole answer where it is something else. `silenceMs`: no
   * byte for so long while the reader waits is a time-out. The request's signal ends it. Never rejects.
   */
  stream(request: TransportRequest, silenceMs: number): Promise<TransportStream | TransportAnswer | TransportFault>;
  /** Ends what is under way (as `cancelled`) and closes the sockets. */
  close(): Promise<void>;
}
