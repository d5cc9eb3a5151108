import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const vscodeModule = { name: 'vscode', message: 'Only src/vscode and src/extension.ts know VS Code.' };

/** All that a folder which runs anywhere takes from outside: no other package, and neither Node's modules nor VS Code's. */
function onlyPackages(...names) {
  return {
    regex: `^(?!(${names.join('|')})$)[^.]`,
    message:
      'This folder runs without VS Code and Node: what they give comes in through src/core/ports.ts, or as a message.',
  };
}

/** Folders of the house that a folder must not reach into, whatever the way up, as import patterns. */
function closed(...folders) {
  return folders.map((folder) => ({
    regex: `\\.\\./(.*/)?${folder}(/|$)`,
    message: `Dependencies point inwards: this folder does not know src/${folder}.`,
  }));
}

const coreButTypes = {
  ...closed('core')[0],
  allowTypeImports: true,
  message: 'What runs in src/core would get into the page, yaml with it: src/shared takes its types alone.',
};

const undici = {
  name: 'undici',
  allowTypeImports: true,
  message: 'undici is large: only src/runtime/transport.ts imports it, and that module is loaded at the first request.',
};

const defaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'No default exports: names are how people find things.',
};
const lateUndici = { selector: 'ImportExpression[source.value="undici"]', message: undici.message };
const lateImport = {
  selector: 'ImportExpression:not([source.value="./transport"])',
  message: 'A late import passes by the rules on imports: this folder has one at most, of src/runtime/transport.ts.',
};
const commandRegistration = {
  selector: 'MemberExpression[property.name="registerCommand"]',
  message: 'Register commands through src/vscode/contributions, where a forgotten one is a compile error.',
};
const contextKey = {
  selector: 'CallExpression[callee.property.name="executeCommand"][arguments.0.value="setContext"]',
  message: 'Set context keys through src/vscode/contributions/setContext.ts, which names them all.',
};

/** A folder with closed doors: what it may import, and nothing by the back door. */
function restrict(folder, { paths = [], patterns = [] }) {
  return {
    files: [`${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': ['error', { paths, patterns }],
      'no-restricted-syntax': ['error', defaultExport, lateImport],
    },
  };
}

const timeAndChance = 'Time and chance come in through core/ports.ts, so that a test can set them.';

export default tseslint.config(
  { ignores: ['dist', 'out', 'test/fixtures', 'node_modules'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', defaultExport],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/vscode/contributions/**'],
    rules: { 'no-restricted-syntax': ['error', defaultExport, lateUndici, commandRegistration, contextKey] },
  },
  {
    files: ['src/{runtime,local,vscode}/**/*.ts', 'src/extension.ts'],
    ignores: ['src/runtime/transport.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: [undici] }] },
  },
  restrict('src/core', { patterns: [onlyPackages('yaml', 'zod'), ...closed('runtime', 'local', 'vscode', 'shared')] }),
  restrict('src/shared', { patterns: [onlyPackages(), ...closed('runtime', 'local', 'vscode'), coreButTypes] }),
  restrict('src/runtime', { paths: [vscodeModule], patterns: closed('local', 'vscode', 'shared') }),
  restrict('src/local', { paths: [vscodeModule], patterns: closed('runtime', 'vscode', 'shared') }),
  restrict('webview', {
    patterns: [
      onlyPackages('@vscode/webview-ui-toolkit'),
      ...closed('core', 'runtime', 'local', 'vscode', 'extension'),
    ],
  }),
  {
    files: ['src/{core,shared}/**/*.ts'],
    rules: {
      '@typescript-eslint/triple-slash-reference': ['error', { lib: 'never', path: 'never', types: 'never' }],
      'no-restricted-globals': [
        'error',
        ...['Date', 'performance', 'setTimeout', 'setInterval'].map((name) => ({ name, message: timeAndChance })),
      ],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: timeAndChance }],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: { console: 'readonly', process: 'readonly', require: 'readonly', module: 'writable' },
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
);
