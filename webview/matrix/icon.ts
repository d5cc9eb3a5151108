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
  // As the codicons that the commands have in package.json: cloud-upload, arrow-circle-up, circle-slash.
  deploy:
    'M5 12H4.25a2.75 2.75 0 0 1-.4-5.47a4.25 4.25 0 0 1 8.2-.55a3.05 3.05 0 0 1-.3 6.02H11M8 14.25V8.25M5.75 10.5L8 8.25l2.25 2.25',
  promote: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M8 11V5M5.5 7.5L8 5l2.5 2.5',
  undeploy: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M12.4 3.6l-8.8 8.8',
  setToken: 'M10.5 2a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M8 8l-6 6M2 14h2.75M4 12l1.75 1.75M11.4 4.6v.01',
  startLocal: 'M4.5 2.25v11.5L13.5 8Z',
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
