import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const someFlow = '- from: { uri: "timer:x", steps: [] }\n';
/** Nothing listens on port 1. The suites name runtimes of their own. */
const someRegistry = 'version: 1\nenvironments:\n  dev:\n    url: http://localhost:1\n';

/** Files of the folders that the windows open, by path. */
const workspaces = {
  plain: { 'README.md': '# Nothing of Pipebase here\n' },
  // A package.json is what VS Code's own npm extension wakes up for.
  foreign: {
    'package.json': '{ "name": "foreign" }\n',
    'compose.yaml': 'services: {}\n',
    'src/routes.yaml': someFlow,
    'camel.yaml': someFlow,
  },
  folders: {
    'two.code-workspace': '{ "folders": [{ "path": "one" }, { "path": "other" }] }\n',
    'one/pipebase.yaml': someRegistry,
    'other/pipebase.yaml': someRegistry,
  },
  noFolder: { 'none.code-workspace': '{ "folders": [] }\n' },
  restricted: { 'pipebase.yaml': someRegistry, 'flows/orders.camel.yaml': someFlow },
} satisfies Record<string, Readonly<Record<string, string>>>;

export type WorkspaceName = keyof typeof workspaces;

/** Makes a folder to open, below `into`. */
export function makeWorkspace(name: WorkspaceName, into: string): string {
  for (const [path, text] of Object.entries(workspaces[name])) {
    const file = join(into, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return join(into, name);
}
