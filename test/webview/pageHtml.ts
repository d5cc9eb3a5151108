import { contentSecurityPolicy } from '../../src/shared/contentSecurityPolicy';
import type { Theme } from './themes';

/** Where the pages of these tests seem to come from. Nothing listens there: Playwright answers. */
export const origin = 'http://matrix.test';
const nonce = 'cGlwZWJhc2U';

/** The policy that the extension sets, with this origin for VS Code's `webview.cspSource`. */
const policy = contentSecurityPolicy(nonce, origin);

/** The page as the extension writes it, in a theme, after a stand-in for VS Code's own script. */
export function pageHtml(theme: Theme): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1.0" />
    <link rel="stylesheet" href="${origin}/theme.css" />
    <link rel="stylesheet" href="${origin}/page.css" />
    <title>Promotion Matrix</title>
  </head>
  <body class="${theme.bodyClass}" data-vscode-theme-kind="${theme.kind}">
    <main id="matrix"></main>
    <script nonce="${nonce}">${standIn}</script>
    <script nonce="${nonce}" src="${origin}/page.js"></script>
  </body>
</html>`;
}

/** VS Code writes these variables onto the root element; a style sheet does the same. */
export function themeStyle(theme: Theme): string {
  const variables = Object.entries(theme.variables).map(([name, value]) => `${name}: ${value};`);
  return `:root { ${variables.join(' ')} } body { background: var(--vscode-editor-background); }`;
}

const standIn = `
  window.posted = [];
  window.violations = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    window.violations.push(event.violatedDirective + ' ' + event.blockedURI);
  });
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => { window.posted.push(message); },
    setState: (state) => { window.kept = state; },
  });
`;
