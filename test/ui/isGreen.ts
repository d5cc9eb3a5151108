import type { Locator } from 'playwright-core';

/** The page's own function; these sources are not compiled for a browser. */
declare const getComputedStyle: (element: unknown) => { readonly color: string };

/** Whether the colour that is really drawn is a green, whatever the theme calls it. */
export async function isGreen(drawn: Locator): Promise<boolean> {
  const colour = await drawn.evaluate((element: unknown) => getComputedStyle(element).color);
  // `rgb(115 201 145)`, or `color(srgb 0.45 0.79 0.57)` where colours were mixed.
  const scale = colour.startsWith('color(') ? 255 : 1;
  const [red = 0, green = 0, blue = 0] = [...colour.matchAll(/\d[\d.]*/g)].map(([number]) => Number(number) * scale);
  return green > red + 20 && green > blue + 20;
}
