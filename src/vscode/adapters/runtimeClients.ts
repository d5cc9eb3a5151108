import { isAbsolute } from 'node:path';
import { Uri, workspace, type WorkspaceFolder } from 'vscode';
import { RuntimeError, type Log, type RuntimeClient } from '../../core/ports';
import type { Environment, TlsFiles } from '../../core/registry/types';
import { LazyClient } from '../../runtime/lazyClient';
import { createRuntimeClient, type RuntimeClientOptions } from '../../runtime/runtimeClient';
import type { SecretStore } from './secretStore';

/** One client per environment, kept while the environment stays as it is, closed when it changes or goes. */
export class RuntimeClients {
  private readonly clients = new Map<string, { readonly settings: string; readonly client: RuntimeClient }>();

  constructor(
    private readonly folder: WorkspaceFolder,
    private readonly secrets: SecretStore,
    private readonly log: Log,
    private readonly userAgent: string,
  ) {}

  of(environment: Environment): RuntimeClient {
    const proxy = proxySettings();
    const { id, url, tls, timeoutMs, allowInsecure } = environment;
    const settings = JSON.stringify([url, tls, timeoutMs, allowInsecure, proxy]);
    const known = this.clients.get(id);
    if (known?.settings === settings) {
      return known.client;
    }
    void known?.client.close();
    const client = new LazyClient(async () => {
      const files = await this.readTls(tls);
      return createRuntimeClient({
        baseUrl: url,
        token: () => this.secrets.token(environment),
        timeoutMs,
        allowInsecure,
        ...(files ? { tls: files } : {}),
        proxy,
        userAgent: this.userAgent,
        log: this.log,
      });
    }, refuseWithoutTrust);
    this.clients.set(id, { settings, client });
    return client;
  }

  /** Closes the clients of environments that are no longer there. */
  keep(ids: ReadonlySet<string>): void {
    for (const [id, { client }] of this.clients) {
      if (!ids.has(id)) {
        this.clients.delete(id);
        void client.close();
      }
    }
  }

  dispose(): void {
    this.keep(new Set());
  }

  private async readTls({ caFile, certFile, keyFile }: TlsFiles): Promise<RuntimeClientOptions['tls']> {
    if (caFile === undefined && certFile === undefined && keyFile === undefined) {
      return undefined;
    }
    const [ca, cert, key] = await Promise.all([caFile, certFile, keyFile].map((file) => this.readTlsFile(file)));
    return {
      ...(ca === undefined ? {} : { ca: [ca] }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
    };
  }

  private async readTlsFile(file: string | undefined): Promise<string | undefined> {
    if (file === undefined) {
      return undefined;
    }
    const uri = isAbsolute(file) ? Uri.file(file) : Uri.joinPath(this.folder.uri, file);
    try {
      return new TextDecoder().decode(await workspace.fs.readFile(uri));
    } catch (error) {
      throw new RuntimeError('tls', {
        detail: `${file}, named under tls in pipebase.yaml, cannot be read`,
        cause: error,
      });
    }
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
