import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { MatrixView } from '../../src/shared/matrixView';
import type { PageMessage } from '../../src/shared/messages';
import { ensureBrowser } from '../host/browser';
import { type BuiltPage, buildPage } from './buildPage';
import { origin, pageHtml, themeStyle } from './pageHtml';
import { type Theme, themes } from './themes';

declare global {
  interface Window {
    posted: unknown[];
    violations: string[];
    kept: unknown;
  }
}

export interface OpenOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** The page's source, relative to the project's root. */
  readonly entry?: string;
}

let browser: Promise<Browser> | undefined;
const builds = new Map<string, Promise<BuiltPage>>();

async function launch(): Promise<Browser> {
  const { executablePath, args, env } = await ensureBrowser();
  return chromium.launch({ executablePath, args, env });
}

/** Opens the built page under the extension's Content Security Policy. */
export async function openMatrix(options: OpenOptions = {}): Promise<MatrixWindow> {
  const { theme = themes.dark, width = 1200, height = 800, entry = 'webview/matrix/main.ts' } = options;
  const built = builds.get(entry) ?? buildPage(entry);
  builds.set(entry, built);
  browser ??= launch();
  const context = await (await browser).newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
  const { script, style } = await built;
  const answers: Record<string, { contentType: string; body: string }> = {
    [`${origin}/`]: { contentType: 'text/html', body: pageHtml(theme) },
    [`${origin}/page.js`]: { contentType: 'text/javascript', body: script },
    [`${origin}/page.css`]: { contentType: 'text/css', body: style },
    [`${origin}/theme.css`]: { contentType: 'text/css', body: themeStyle(theme) },
  };
  await context.route('**/*', async (route) => {
    const answer = answers[route.request().url()];
    await (answer === undefined ? route.abort() : route.fulfill(answer));
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // The browser's own request for an icon of the page.
    if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) faults.push(message.text());
  });
  await page.goto(`${origin}/`);
  return new MatrixWindow(page, context, faults);
}

export async function closeBrowser(): Promise<void> {
  const open = browser;
  browser = undefined;
  await (await open)?.close();
}

/** A page in a browser, as the extension and as a person see it. */
export class MatrixWindow {
  constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    /** Errors on the console, uncaught ones and refusals by the policy among them. */
    readonly faults: readonly string[],
  ) {}

  /** Sends a view like the extension does, and waits until it is drawn. */
  async show(view: MatrixView): Promise<void> {
    await this.send({ type: 'view', view });
  }

  async send(message: unknown): Promise<void> {
    await this.page.evaluate(async (data) => {
      const arrived = new Promise((resolve) => {
        window.addEventListener('message', resolve, { once: true });
      });
      window.postMessage(data, '*');
      await arrived;
      await new Promise(requestAnimationFrame);
    }, message);
  }

  /** Changes the theme like VS Code does: variables on the root element, then class and kind of the body. */
  async useTheme({ variables, bodyClass, kind }: Theme): Promise<void> {
    await this.page.evaluate(
      async (theme) => {
        for (const [name, value] of theme.variables) document.documentElement.style.setProperty(name, value);
        document.body.dataset.vscodeThemeKind = theme.kind;
        document.body.className = theme.bodyClass;
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
      },
      { variables: Object.entries(variables), bodyClass, kind },
    );
  }

  /** What the page sent to the extension since the last time somebody asked. */
  async posted(): Promise<PageMessage[]> {
    return (await this.page.evaluate(() => window.posted.splice(0))) as PageMessage[];
  }

  kept(): Promise<unknown> {
    return this.page.evaluate(() => window.kept);
  }

  violations(): Promise<string[]> {
    return this.page.evaluate(() => window.violations);
  }

  /** The text, label or class of what has the focus. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
