/** Ours, not undici's: it says by itself neither which status a proxy gave, nor that the trouble is the proxy's. */
export const proxyFaultCode = 'PIPEBASE_PROXY';

/** The proxy cannot be reached, or does not open a tunnel. */
export class ProxyFault extends Error {
  override readonly name = 'ProxyFault';
  readonly code = proxyFaultCode;

  constructor(
    /** Its address, without credentials. */
    readonly proxy: string,
    /** What it answered to CONNECT, where it answered. */
    readonly status: number | undefined,
    cause?: unknown,
  ) {
    super('the proxy does not let the request through', { cause });
  }
}
