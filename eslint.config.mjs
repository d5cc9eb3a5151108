import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const nodeBuiltins = {
  regex: '^node:',
  message: 'This folder runs anywhere: take what you need through core/ports.ts.',
};
const vscodeModule = { name: 'vscode', message: 'Only src/vscode and src/extension.ts know VS Code.' };

/** Folders of the house that a folder must not reach into, as import patterns. */
function closed(...folders) {
  return folders.map((folder) => ({
    regex: `^(\\.\\./)+${folder}(/|$)`,
    message: `Dependencies point inwards: this folder does not know src/${folder}.`,
  }));
}

function restrict(files, { paths = [], patterns = [] }) {
  return { files, rules: { 'no-restricted-imports': ['error', { paths, patterns }] } };
}

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
const commandRegistration = {
  selector: 'MemberExpression[property.name="registerCommand"]',
  message: 'Register commands through src/vscode/contributions, where a forgotten one is a compile error.',
};
const contextKey = {
  selector: 'CallExpression[callee.property.name="executeCommand"][arguments.0.value="setContext"]',
  message: 'Set context keys through src/vscode/contributions/setContext.ts, which names them all.',
};

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
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', defaultExport],
    },
  },
  restrict(['src/core/**/*.ts'], {
    paths: [vscodeModule],
    patterns: [nodeBuiltins, ...closed('runtime', 'local', 'vscode', 'shared')],
  }),
  restrict(['src/shared/**/*.ts'], {
    paths: [vscodeModule],
    patterns: [nodeBuiltins, ...closed('runtime', 'local', 'vscode')],
  }),
  restrict(['src/runtime/**/*.ts'], { paths: [vscodeModule], patterns: closed('local', 'vscode', 'shared') }),
  restrict(['src/local/**/*.ts'], { paths: [vscodeModule], patterns: closed('runtime', 'vscode', 'shared') }),
  {
    files: ['src/**/*.ts'],
    ignores: ['src/runtime/transport.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: [undici] }] },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/vscode/contributions/**'],
    rules: { 'no-restricted-syntax': ['error', defaultExport, lateUndici, commandRegistration, contextKey] },
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
