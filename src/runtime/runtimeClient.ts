import type { RuntimeClient } from '../core/ports';
import type { RuntimeClientOptions } from './runtimeClientOptions';

export type { ProxySettings, RuntimeClientOptions, TlsMaterial } from './runtimeClientOptions';

export function createRuntimeClient(options: RuntimeClientOptions): RuntimeClient {
  throw new Error(`not written yet: ${options.baseUrl}`);
}
