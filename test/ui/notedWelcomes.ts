import type { Page } from 'playwright-core';

const script = `
  globalThis.shownWelcomes = [];
  new MutationObserver(() => {
    for (const welcome of document.querySelectorAll('.welcome-view-content'))
      if (welcome.offsetParent !== null && welcome.innerText) shownWelcomes.push(welcome.innerText);
  }).observe(document, { childList: true, subtree: true, attributes: true });
`;

/** Notes every welcome that a view shows in place of its rows, however briefly, from the next load of the page on. */
export async function noteWelcomes(page: Page): Promise<void> {
  await page.addInitScript(script);
}

/** Their texts since the page was last loaded, each once. */
export async function notedWelcomes(page: Page): Promise<readonly string[]> {
  return [...new Set(await page.evaluate<string[]>('shownWelcomes'))];
}
