import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startProxy } from '../../support/startProxy';
import { downloadSiteCertificate, testKey } from '../../support/testCertificates';
import { type StandIn, standInCode } from './standIns';

export interface DownloadSite {
  /** With it, Node's programs reach this site where they think they reach VS Code's. */
  readonly env: NodeJS.ProcessEnv;
  /** What is downloaded from it. */
  readonly code: StandIn;
  /** Paths asked for. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

const version = '1.200.0';

/** VS Code's download site, behind a proxy, with a program that stands in for VS Code. */
export async function downloadSite(folder: string): Promise<DownloadSite> {
  const code = standInCode(join(folder, 'VSCode-linux-x64', 'code'));
  const archive = join(folder, 'vscode.tar.gz');
  execFileSync('tar', ['-czf', archive, '-C', folder, 'VSCode-linux-x64']);
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, downloadSiteCertificate);
  const requests: string[] = [];
  const site = createServer({ key: testKey, cert: downloadSiteCertificate }, (request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    if (path.startsWith('/api/releases/stable')) response.end(JSON.stringify([version]));
    else if (path === '/archive.tar.gz') sendFile(archive, response);
    else if (path.startsWith(`/${version}/`)) response.writeHead(302, { location: archiveUrl }).end();
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const proxy = await startProxy((site.address() as AddressInfo).port);
  return {
    env: { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: authority },
    code,
    requests,
    close: async () => {
      await proxy.close();
      site.closeAllConnections();
      await new Promise((resolve) => site.close(resolve));
    },
  };
}

const archiveUrl = 'https://update.code.visualstudio.com/archive.tar.gz';

function sendFile(file: string, response: ServerResponse): void {
  const content = readFileSync(file);
  response.writeHead(200, { 'content-length': content.length }).end(content);
}
