import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BrowserContext, type Page, chromium } from 'playwright-core';
import { type Browser, ensureBrowser } from './browser';
import { copyWorkspace } from './copyWorkspace';
import { headlessOptions } from './headlessOptions';
import { pathInUri } from './pathInUri';
import { type Theme, quietSettings } from './quietSettings';
import { readLogFiles } from './readLogFiles';
import { ensureServerBuild } from './serverBuild';
import { temporaryFolder } from './temporaryFolder';
import { testResultsFolder } from './testResultsFolder';
import {
  type ServerFolders,
  type VscodeServer,
  installExtension,
  serverFolders,
  startServer,
  writeUserSettings,
} from './vscodeServer';

export interface WindowOptions {
  /** The packaged extension: what a person would install. Absent: no extension is installed. */
  readonly vsix?: string;
  /** Lets F5 open a window with an extension under development; see {@link ServerOptions.automation}. */
  readonly automation?: boolean;
  /** A folder; the window opens a copy of it. */
  readonly workspace: string;
  /** A `.code-workspace` file to open instead of the folder itself, as a path inside `workspace`. */
  readonly workspaceFile?: string;
  /** Default `dark`. */
  readonly theme?: Theme;
  /** Default 1400 × 900. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** User settings beside, and instead of, those that keep the window quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** `restricted`: the window opens in Restricted Mode (VS Code 1.139 shows a banner, it asks nothing). Default `everything`: Workspace Trust is off. */
  readonly trust?: 'everything' | 'restricted';
  /** Environment of the extension host, beside this process's own. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A VS Code as a person has it: with its notifications and dialogs, and with the extension installed from its VSIX. */
export interface VscodeWindow {
  readonly page: Page;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** The copy of the workspace folder. */
  readonly workspaceDir: string;
  /** Holds `User/settings.json`; VS Code notices changes to it. */
  readonly userDataDir: string;
  /** What the page's console, the server, the extension host and every output channel said so far. */
  logs(): string;
  /** Writes `out/test-results/<name>.png` (a name may hold folders) and returns its path. */
  screenshot(name: string): Promise<string>;
  /** Leaves a picture and the logs in `out/test-results/<test name>/` and returns that folder. */
  leaveEvidence(testName: string): Promise<string>;
  /** Reloads the window, as "Developer: Reload Window" does. Secrets and workspace state survive. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** The tooltip of the row under the pointer stays, and hides the rows below it from the next click. */
const noTooltips = { 'workbench.hover.delay': 600_000 };

const actionPatienceMs = 30_000;
const startPatienceMs = 60_000;

/** Opens a window, headless. Whoever opens it closes it; it goes with this process at the latest. */
export async function openWindow(options: WindowOptions): Promise<VscodeWindow> {
  const [build, browser] = [await ensureServerBuild(), await ensureBrowser()];
  const root = temporaryFolder('pipebase-window');
  const folders = serverFolders(root.path);
  const workspaceDir = copyWorkspace(options.workspace, root.path);
  const opened: { server?: VscodeServer; context?: BrowserContext; window?: VscodeWindow } = {};
  const close = async (): Promise<void> => {
    await opened.context?.close();
    await opened.server?.process.stop();
    root.remove();
  };
  try {
    writeUserSettings(folders, { ...quietSettings(options.theme ?? 'dark'), ...noTooltips, ...options.settings });
    if (options.vsix !== undefined) await installExtension(build, options.vsix, folders);
    opened.server = await startServer(build, {
      folders,
      trustEverything: options.trust !== 'restricted',
      automation: options.automation === true,
      ...(options.env && { env: options.env }),
    });
    opened.context = await openBrowser(browser, join(root.path, 'browser'), options);
    const page = await newPage(opened.context);
    opened.window = windowOf({ page, server: opened.server, folders, workspaceDir, close });
    await page.goto(addressOf(opened.server, workspaceDir, options.workspaceFile), { timeout: startPatienceMs });
    await untilUsable(page);
    return opened.window;
  } catch (error) {
    const evidence = await opened.window?.leaveEvidence('a window that did not open').catch(() => undefined);
    if (evidence !== undefined) console.error(`What VS Code showed and logged is in ${evidence}`);
    await close();
    throw error;
  }
}

/** A browser that keeps its localStorage: VS Code holds an extension's secrets there (see standIns/secretKey.mjs). */
async function openBrowser(browser: Browser, profile: string, options: WindowOptions): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(profile, {
    ...headlessOptions(browser),
    viewport: options.viewport ?? { width: 1400, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(actionPatienceMs);
  return context;
}

async function newPage(context: BrowserContext): Promise<Page> {
  const page = context.pages()[0] ?? (await context.newPage());
  page.on('console', (message) => {
    consoleOf(page).push(`[${message.type()}] ${message.text()}`);
  });
  return page;
}

/** The window's parts and its first view are there. Extensions may still be activating; the driver waits for them. */
async function untilUsable(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: startPatienceMs });
  await page
    .locator('.part.sidebar .pane-body, .part.sidebar .welcome-view')
    .first()
    .waitFor({ timeout: startPatienceMs });
}

function windowOf(parts: {
  page: Page;
  server: VscodeServer;
  folders: ServerFolders;
  workspaceDir: string;
  close: () => Promise<void>;
}): VscodeWindow {
  const { page, server, folders, workspaceDir, close } = parts;
  const logs = (): string =>
    [
      `=== page\n${consoleOf(page).join('\n')}`,
      `=== server\n${server.process.output()}`,
      readLogFiles(folders.serverData),
      readLogFiles(folders.userData),
    ].join('\n');
  return {
    page,
    origin: server.origin,
    workspaceDir,
    userDataDir: folders.userData,
    logs,
    screenshot: (name) => screenshotTo(page, `${testResultsFolder('.')}/${name}.png`),
    leaveEvidence: async (testName) => {
      const folder = testResultsFolder(testName);
      writeFileSync(join(folder, 'log.txt'), logs());
      await screenshotTo(page, join(folder, 'window.png'));
      return folder;
    },
    reload: async () => {
      await page.reload({ timeout: startPatienceMs });
      await untilUsable(page);
    },
    close,
  };
}

async function screenshotTo(page: Page, path: string): Promise<string> {
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path });
  return path;
}

const consoles = new WeakMap<Page, string[]>();

function consoleOf(page: Page): string[] {
  const lines = consoles.get(page) ?? [];
  consoles.set(page, lines);
  return lines;
}

function addressOf(server: VscodeServer, workspaceDir: string, workspaceFile: string | undefined): string {
  const [name, path] =
    workspaceFile === undefined ? ['folder', workspaceDir] : ['workspace', join(workspaceDir, workspaceFile)];
  return `${server.origin}/?${name}=${encodeURIComponent(pathInUri(path))}`;
}
