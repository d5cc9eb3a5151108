import { isAbsolute } from 'node:path';
import { Uri, workspace, type WorkspaceFolder } from 'vscode';
import { RuntimeError, type Log, type RuntimeClient } from '../../core/ports';
import type { Environment, TlsFiles } from '../../core/registry/types';
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
    const client = new TrustedClient(async () => {
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
    });
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

/** A client that opens at its first call, and sends nothing in Restricted Mode, whoever calls it. */
class TrustedClient implements RuntimeClient {
  private opened: Promise<RuntimeClient> | undefined;

  constructor(private readonly open: () => Promise<RuntimeClient>) {}

  health: RuntimeClient['health'] = (signal) => this.call((client) => client.health(signal));
  listFlows: RuntimeClient['listFlows'] = (signal) => this.call((client) => client.listFlows(signal));
  putFlow: RuntimeClient['putFlow'] = (id, body, signal) => this.call((client) => client.putFlow(id, body, signal));
  deleteFlow: RuntimeClient['deleteFlow'] = (id, signal) => this.call((client) => client.deleteFlow(id, signal));

  async close(): Promise<void> {
    await this.opened?.then(
      (client) => client.close(),
      () => undefined,
    );
  }

  private async call<T>(work: (client: RuntimeClient) => Promise<T>): Promise<T> {
    const client = await this.client();
    try {
      return await work(client);
    } catch (error) {
      if (error instanceof RuntimeError && error.kind === 'tls') {
        // The certificate files may have been mended by the next call.
        this.opened = undefined;
        void client.close();
      }
      throw error;
    }
  }

  private async client(): Promise<RuntimeClient> {
    if (!workspace.isTrusted) {
      throw new RuntimeError('restricted');
    }
    this.opened ??= this.open();
    try {
      return await this.opened;
    } catch (error) {
      // A certificate file that was missing may be there next time.
      this.opened = undefined;
      throw error;
    }
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
