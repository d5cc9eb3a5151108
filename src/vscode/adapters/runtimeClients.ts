import { isAbsolute } from 'node:path';
import { Uri, workspace, type WorkspaceFolder } from 'vscode';
import { RuntimeError, type Log, type RuntimeClient } from '../../core/ports';
import type { Environment } from '../../core/registry/types';
import { KeptClients } from '../../runtime/keptClients';
import { LazyClient } from '../../runtime/lazyClient';
import { readTlsMaterial } from '../../runtime/readTlsMaterial';
import { createRuntimeClient, type RuntimeClientOptions } from '../../runtime/runtimeClient';
import { connectionKey } from './connectionKey';

/** One client per environment, kept while the environment stays as it is, closed when it changes or goes. */
export class RuntimeClients {
  private readonly clients = new KeptClients();

  constructor(
    private readonly folder: WorkspaceFolder,
    private readonly tokenOf: (environment: Environment) => Promise<string | undefined>,
    private readonly log: Log,
    private readonly userAgent: string,
  ) {}

  of(environment: Environment): RuntimeClient {
    const proxy = proxySettings();
    const { id, url, tls, timeoutMs, allowInsecure } = environment;
    const open = async (): Promise<RuntimeClient> => {
      const material = await readTlsMaterial(tls, (file) => this.readText(file));
      return createRuntimeClient({
        baseUrl: url,
        token: () => this.tokenOf(environment),
        timeoutMs,
        allowInsecure,
        ...(material ? { tls: material } : {}),
        proxy,
        userAgent: this.userAgent,
        log: this.log,
      });
    };
    const settings = [connectionKey(environment), proxy];
    return this.clients.of(id, settings, () => new LazyClient(open, refuseWithoutTrust));
  }

  /** Closes the clients of environments that are no longer there. */
  keep(ids: ReadonlySet<string>): void {
    void this.clients.keep(ids);
  }

  dispose(): void {
    void this.clients.close();
  }

  private async readText(file: string): Promise<string> {
    const uri = isAbsolute(file) ? Uri.file(file) : Uri.joinPath(this.folder.uri, file);
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  }
}

/** In Restricted Mode nothing is sent, whoever asks for it. */
function refuseWithoutTrust(): void {
  if (!workspace.isTrusted) {
    throw new RuntimeError('restricted');
  }
}

function proxySettings(): NonNullable<RuntimeClientOptions['proxy']> {
  const http = workspace.getConfiguration('http');
  const url = http.get<string>('proxy') ?? '';
  const authorization = http.get<string | null>('proxyAuthorization');
  return {
    ...(url === '' ? {} : { url }),
    ...(authorization ? { authorization } : {}),
    noProxy: http.get<string[]>('noProxy') ?? [],
    strictSSL: http.get<boolean>('proxyStrictSSL') ?? true,
  };
}
