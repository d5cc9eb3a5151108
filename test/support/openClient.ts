import { createRuntimeClient, type RuntimeClientOptions } from '../../src/runtime/runtimeClient';

export const testToken = 's3cret/token+with"odd&signs';

/** A client that does not wait long and repeats at once. */
export function openClient(
  baseUrl: string,
  options: Partial<RuntimeClientOptions> = {},
): ReturnType<typeof createRuntimeClient> {
  return createRuntimeClient({
    baseUrl,
    token: () => Promise.resolve(testToken),
    timeoutMs: 2000,
    allowInsecure: false,
    userAgent: 'pipebase-test',
    retryDelayMs: 1,
    ...options,
  });
}

/** What a test has opened, closed in reverse order. */
export class Cleanup {
  private readonly steps: (() => Promise<void> | void)[] = [];

  add<T extends { close(): Promise<void> }>(opened: T): T {
    this.steps.push(() => opened.close());
    return opened;
  }

  after(step: () => Promise<void> | void): void {
    this.steps.push(step);
  }

  async run(): Promise<void> {
    for (const step of this.steps.splice(0).reverse()) await step();
  }
}
