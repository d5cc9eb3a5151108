/** Outlines on a 16 × 16 grid. Each state has a shape of its own, so that colour is never the only sign. */
const paths = {
  'in-sync': 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M5 8.25l2.1 2.1L11 6.25',
  stale: 'M8 2L14.5 13.5H1.5ZM8 6.25v3.5M8 11.4v.35',
  'not-deployed': 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5',
  unreachable: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M5.75 5.75l4.5 4.5M10.25 5.75l-4.5 4.5',
  unknown:
    'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M6.1 6.4a1.95 1.95 0 1 1 2.85 1.75c-.6.3-.95.65-.95 1.2M8 11.4v.35',
  partial: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M8 1.75v12.5M8 5h4.9M8 8h6.1M8 11h4.9',
  running: 'M8 1.75a6.25 6.25 0 1 1-6.25 6.25',
  deploy: 'M8 10.5V2M4.5 5.5L8 2l3.5 3.5M2.5 10v3.5h11V10',
  promote: 'M2 8h9M7.5 4.5L11 8l-3.5 3.5M14 3v10',
  undeploy: 'M2.5 4.25h11M6 4V2.25h4V4M4 4.5l.6 9.25h6.8L12 4.5M6.75 7v4.25M9.25 7v4.25',
  setToken: 'M10.5 2a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M8 8l-6 6M2 14h2.75M4 12l1.75 1.75M11.4 4.6v.01',
  yaml: 'M9.25 1.75H3.5v12.5h9V5ZM9.25 1.75V5h3.25M6 8.25h4M6 11h4',
  back: 'M14 8H2.5M7 3.5L2.5 8L7 12.5',
  refresh: 'M13.75 8a5.75 5.75 0 1 1-1.7-4.1M13.75 1.5v3.25H10.5',
  protected: 'M3.5 7.25h9v6.5h-9ZM5.25 7V5a2.75 2.75 0 0 1 5.5 0v2',
  up: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12',
} as const;

export type IconName = keyof typeof paths;

const svg = 'http://www.w3.org/2000/svg';

/** A picture in the colour of the text around it. Screen readers skip it: the words stand beside it. */
export function icon(name: IconName, slot?: string): SVGElement {
  const picture = document.createElementNS(svg, 'svg');
  picture.setAttribute('class', `icon icon-${name}`);
  picture.setAttribute('viewBox', '0 0 16 16');
  picture.setAttribute('aria-hidden', 'true');
  if (slot !== undefined) picture.setAttribute('slot', slot);
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', paths[name]);
  picture.append(path);
  return picture;
}
