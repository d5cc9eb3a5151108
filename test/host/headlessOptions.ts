import type { LaunchOptions } from 'playwright-core';
import type { Browser } from './browser';

/** How Playwright starts a browser here. Signals end it with everything else: see atExit.ts. */
export function headlessOptions(browser: Browser): LaunchOptions {
  return { ...browser, headless: true, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
}
