import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { type Page, chromium } from 'playwright-core';
import { ensureBrowser } from './browser';
import { type ExtensionTestRun, timedOutCode } from './extensionTestRun';
import { headlessOptions } from './headlessOptions';
import { pathInUri } from './pathInUri';
import { quietSettings } from './quietSettings';
import { readLogFiles } from './readLogFiles';
import { ensureServerBuild } from './serverBuild';
import { type VscodeServer, serverFolders, startServer, writeUserSettings } from './vscodeServer';
import { testOutput } from './testOutput';
import { within } from './within';

/** Runs tests in the extension host of VS Code's server build; the window is a page in a headless browser. */
export async function runInServer(run: ExtensionTestRun): Promise<number> {
  const [build, browserBuild] = [await ensureServerBuild(), await ensureBrowser()];
  const folders = serverFolders(run.scratch);
  writeUserSettings(folders, quietSettings('dark'));
  const { trustEverything, env } = run;
  const server = await startServer(build, { folders, automation: true, trustEverything, env });
  try {
    const browser = await chromium.launch(headlessOptions(browserBuild));
    try {
      const vscodeLog: string[] = [];
      const page = await browser.newPage();
      const code = await within(run.timeoutMs, timedOutCode, runInPage(page, server, run, vscodeLog));
      if (code !== 0) {
        const logs = [vscodeLog.join('\n'), server.process.output(), readLogFiles(folders.serverData)];
        await leaveEvidence(page, logs.join('\n'), run.evidenceFolder());
      }
      return code;
    } finally {
      await browser.close();
    }
  } finally {
    await server.process.stop();
  }
}

/** VS Code's own test automation calls two functions of the page: one for each line of output, one at the end. */
async function runInPage(
  page: Page,
  server: VscodeServer,
  run: ExtensionTestRun,
  vscodeLog: string[],
): Promise<number> {
  await page.exposeFunction('codeAutomationLog', (_kind: string, parts: readonly unknown[] = []) => {
    const line = format(...parts);
    const own = testOutput(line);
    if (own === undefined) vscodeLog.push(line);
    else console.log(own);
  });
  const finished = new Promise<number>((resolve, reject) => {
    page.exposeFunction('codeAutomationExit', resolve).catch(reject);
  });
  await page.goto(addressOf(server, run));
  return finished;
}

function addressOf({ origin, authority }: VscodeServer, run: ExtensionTestRun): string {
  const remote = (path: string): string => `vscode-remote://${authority}${pathInUri(path)}`;
  const payload = [
    ['extensionDevelopmentPath', remote(run.extension)],
    ['extensionTestsPath', remote(run.runner)],
  ];
  const parameter = run.workspacePath.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const query = new URLSearchParams({ [parameter]: pathInUri(run.workspacePath), payload: JSON.stringify(payload) });
  return `${origin}/?${query.toString()}`;
}

async function leaveEvidence(page: Page, log: string, folder: string): Promise<void> {
  writeFileSync(join(folder, 'log.txt'), log);
  await page.screenshot({ path: join(folder, 'window.png') });
}
