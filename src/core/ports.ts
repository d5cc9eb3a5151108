/** What the core needs from outside. Adapters live in runtime/, local/ and vscode/. */

export interface RouteHealth {
  readonly id: string;
  readonly status: string;
}

export interface RuntimeHealth {
  readonly status: string;
  readonly uptimeMs?: number;
  readonly camelVersion?: string;
  readonly routes: readonly RouteHealth[];
}

/** One item of `GET /_api/flows`. */
export interface DeployedFlow {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly lastModified?: number;
  /** The runtime's digest of what it received; without one the flow cannot be compared. */
  readonly hash?: string;
  readonly routeCount?: number;
}

export interface PutFlowBody {
  readonly yaml: string;
  readonly params?: Readonly<Record<string, string>>;
  /** Never sent: those of the values above that must be in no error and no log, whoever repeats them. */
  readonly secretValues?: readonly string[];
}

export interface PutFlowAnswer {
  readonly hash?: string;
  readonly routeCount?: number;
}

/**
 * Why a call gave no usable answer.
 *
 * - `no-token`, `restricted`, `insecure`: nothing was sent, by our own rules
 * - `network`, `timeout`, `tls`: the transport failed
 * - `proxy`: a proxy stands between, and does not let the request through
 * - `unauthorized` (401, 403), `token-not-configured` (503 with a JSON `error` that says so), `server-error` (other 5xx)
 * - `rate-limited` (429): asked too often, and it wants a longer pause than the call had patience for
 * - `rejected`: any other 4xx; the runtime's own words are in `detail`
 * - `redirect`: the runtime points to another origin; the token does not follow
 * - `unexpected-answer`: not the shape that the API promises, or too large
 * - `cancelled`: by the person or by dispose; not an error
 */
export type RuntimeErrorKind =
  | 'no-token'
  | 'restricted'
  | 'insecure'
  | 'network'
  | 'timeout'
  | 'tls'
  | 'proxy'
  | 'unauthorized'
  | 'token-not-configured'
  | 'server-error'
  | 'rate-limited'
  | 'rejected'
  | 'redirect'
  | 'unexpected-answer'
  | 'cancelled';

export interface RuntimeErrorDetails {
  /** Method and URL, never a header. */
  readonly call?: string;
  readonly status?: number;
  /** The runtime's or the transport's own words, at most 300 characters, without tokens. */
  readonly detail?: string;
  /** A write may have happened: the request had been sent when the call failed. */
  readonly isOutcomeUnknown?: boolean;
  /** Said by what stands in between, of a runtime that may still be at work. */
  readonly isFromGateway?: boolean;
  /** The pause that the answer asks for. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

export class RuntimeError extends Error {
  override readonly name = 'RuntimeError';
  readonly call: string | undefined;
  readonly status: number | undefined;
  readonly detail: string | undefined;
  readonly isOutcomeUnknown: boolean;
  readonly isFromGateway: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly kind: RuntimeErrorKind,
    details: RuntimeErrorDetails = {},
  ) {
    super([kind, details.call, details.status, details.detail].filter((part) => part !== undefined).join(' · '), {
      cause: details.cause,
    });
    this.call = details.call;
    this.status = details.status;
    this.detail = details.detail;
    this.isOutcomeUnknown = details.isOutcomeUnknown ?? false;
    this.isFromGateway = details.isFromGateway ?? false;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/**
 * How long a request is given, in time-outs of its environment (decided): until there is a connection, for each silence from
 * then on, and for the whole of the answer. The time in which its body goes out is not counted.
 */
export const patience = { connection: 3, silence: 1, answer: 3 } as const;

/** A runtime's management API. Every method rejects with a {@link RuntimeError} and with nothing else. */
export interface RuntimeClient {
  health(signal?: AbortSignal): Promise<RuntimeHealth>;
  listFlows(signal?: AbortSignal): Promise<readonly DeployedFlow[]>;
  putFlow(id: string, body: PutFlowBody, signal?: AbortSignal): Promise<PutFlowAnswer>;
  /** Resolves to `false` where the runtime said that it had no such flow. */
  deleteFlow(id: string, signal?: AbortSignal): Promise<boolean>;
  /** Ends what is under way and closes the sockets. */
  close(): Promise<void>;
}

export type DigestAlgorithm = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

export interface Hashing {
  /** Lower-case hex digest of the UTF-8 bytes of `text`. */
  digest(algorithm: DigestAlgorithm, text: string): string;
  /** Lower-case hex HMAC-SHA-256 of the UTF-8 bytes of `text`. */
  keyedDigest(key: string, text: string): string;
}

/** Values that may not be in a file of the workspace. In the core an operation reads them when it sends, and nothing else. */
export interface SecretValues {
  /** A secret parameter's value for an environment, or undefined where none is stored. Read for nothing but the sending. */
  secretParameter(environmentId: string, key: string): Promise<string | undefined>;
  /**
   * A variable of the process environment. Nothing keeps a mark of it, and a runtime may repeat it: so adapters read it to
   * make its mark, and to strike it out of what is logged.
   */
  environmentVariable(name: string): string | undefined;
}

/** What a value is known by while it is not read. */
export interface ValueMark {
  /** Keyed digest of the value: another value has another one, and it does not give the value away. */
  readonly digest: string;
  /** Plain keys of the placeholders in the value. */
  readonly uses: readonly string[];
}

/** The marks of {@link SecretValues}: with them, what was sent is compared with what would be, without any value. */
export interface ValueMarks {
  /** Undefined where no value is stored. */
  secretParameter(environmentId: string, key: string): Promise<ValueMark | undefined>;
  /** Undefined where the variable is not set. */
  environmentVariable(name: string): ValueMark | undefined;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
