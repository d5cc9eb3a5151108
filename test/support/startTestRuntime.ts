import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalRuntime } from '../../src/local/localRuntime';

export interface TestRuntime {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly directory: string;
  reset(): Promise<void>;
  /** Ends the sockets and removes the directory. */
  close(): Promise<void>;
}

/** A local runtime on a free port, with its flows in a directory of its own. */
export async function startTestRuntime(
  options: { token?: string; environmentId?: string; port?: number } = {},
): Promise<TestRuntime> {
  const { token = 'test-token', environmentId = 'dev', port = 0 } = options;
  const directory = await mkdtemp(join(tmpdir(), 'pipebase-runtime-'));
  const runtime = await startLocalRuntime({ port, token, directory, environmentId });
  return {
    url: runtime.url,
    port: runtime.port,
    token,
    directory,
    reset: () => runtime.reset(),
    close: async () => {
      await runtime.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
