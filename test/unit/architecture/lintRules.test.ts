import assert from 'node:assert/strict';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { repositoryFolder } from '../../host/repositoryFolder';

const imports = 'no-restricted-imports';
const typedImports = '@typescript-eslint/no-restricted-imports';
const syntax = 'no-restricted-syntax';
const globals = 'no-restricted-globals';
const properties = 'no-restricted-properties';
const sideEffects = '@typescript-eslint/no-import-type-side-effects';
const annotations = '@typescript-eslint/consistent-type-imports';
const references = '@typescript-eslint/triple-slash-reference';

const useVscode = `import * as vscode from 'vscode';\nexport const x = vscode.version;\n`;
const registers = `import { commands } from 'vscode';\nexport const x = commands.registerCommand('a', () => 1);\n`;
const registersInFull = `import * as vscode from 'vscode';\nexport const x = vscode.commands.registerCommand('a', () => 1);\n`;
const setsContext = `import { commands } from 'vscode';\nexport const x = commands.executeCommand('setContext', 'a', 1);\n`;

/** A text, the file it stands in, and the rule that must fire. */
const offences: readonly (readonly [string, string, string])[] = [
  [useVscode, 'src/core/x.ts', imports],
  [useVscode, 'src/core/registry/deep/x.ts', imports],
  [useVscode, 'src/shared/x.ts', imports],
  [useVscode, 'src/runtime/x.ts', imports],
  [useVscode, 'src/local/x.ts', imports],
  [`import type { Uri } from 'vscode';\nexport type X = Uri;\n`, 'src/core/x.ts', imports],
  [`export * from 'vscode';\n`, 'src/core/x.ts', imports],
  [`import { readFile } from 'node:fs';\nexport const x = readFile;\n`, 'src/core/x.ts', imports],
  [`import { join } from 'node:path';\nexport const x = join;\n`, 'src/shared/x.ts', imports],
  [`import { x } from '../runtime/transport';\nexport const y = x;\n`, 'src/core/x.ts', imports],
  [`import { x } from '../../vscode/app';\nexport const y = x;\n`, 'src/core/flows/x.ts', imports],
  [`import { x } from '../shared/labels';\nexport const y = x;\n`, 'src/core/x.ts', imports],
  [`import { x } from '../local/localRuntime';\nexport const y = x;\n`, 'src/shared/x.ts', imports],
  [`import { x } from '../local/localRuntime';\nexport const y = x;\n`, 'src/runtime/x.ts', imports],
  [`import { x } from '../runtime/transport';\nexport const y = x;\n`, 'src/local/x.ts', imports],
  [`import { x } from './../runtime/transport';\nexport const y = x;\n`, 'src/core/x.ts', imports],
  [`import { x } from '../../src/runtime/transport';\nexport const y = x;\n`, 'src/core/x.ts', imports],
  [`import { x } from '../core/source';\nexport const y = x;\n`, 'src/shared/x.ts', imports],
  [`export { x } from '../core/source';\n`, 'src/shared/x.ts', imports],
  [`import { type X } from '../core/source';\nexport type Y = X;\n`, 'src/shared/x.ts', sideEffects],
  [`import { parse } from 'yaml';\nexport const x = parse;\n`, 'src/shared/x.ts', imports],
  [`import type { Agent } from 'undici';\nexport type X = Agent;\n`, 'src/core/x.ts', imports],
  [`import type { Agent } from 'undici';\nexport type X = Agent;\n`, 'src/shared/x.ts', imports],
  [`export type X = import('undici').Agent;\n`, 'src/core/x.ts', annotations],
  [`/// <reference types="node" />\nexport const x = 1;\n`, 'src/core/x.ts', references],
  [`export const load = () => import('../runtime/transport');\n`, 'src/core/x.ts', syntax],
  [`export const load = () => import('../local/localRuntime');\n`, 'src/shared/x.ts', syntax],
  [`export const load = () => import('../vscode/app');\n`, 'src/runtime/x.ts', syntax],
  [`export const load = () => import('../vscode/app');\n`, 'src/local/x.ts', syntax],
  [`export const x = Date.now();\n`, 'src/core/x.ts', globals],
  [`export const x = new Date();\n`, 'src/core/x.ts', globals],
  [`export const x = performance.now();\n`, 'src/core/x.ts', globals],
  [`export const x = setTimeout(() => 1, 1);\n`, 'src/core/x.ts', globals],
  [`export const x = setInterval(() => 1, 1);\n`, 'src/shared/x.ts', globals],
  [`export const x = Math.random();\n`, 'src/core/x.ts', properties],
  [useVscode, 'webview/matrix/x.ts', imports],
  [`import { x } from '../../src/vscode/app';\nexport const y = x;\n`, 'webview/matrix/x.ts', imports],
  [`import { x } from '../../src/core/source';\nexport const y = x;\n`, 'webview/matrix/x.ts', imports],
  [`import type { X } from '../../src/core/source';\nexport type Y = X;\n`, 'webview/matrix/x.ts', imports],
  [`import { x } from '../../src/shared/../core/source';\nexport const y = x;\n`, 'webview/matrix/x.ts', imports],
  [`export const load = () => import('../../src/core/source');\n`, 'webview/matrix/x.ts', syntax],
  [`import { Agent } from 'undici';\nexport const x = Agent;\n`, 'src/runtime/x.ts', typedImports],
  [`import { Agent } from 'undici';\nexport const x = Agent;\n`, 'src/vscode/x.ts', typedImports],
  [`import 'undici';\n`, 'src/extension.ts', typedImports],
  [`export const load = () => import('undici');\n`, 'src/runtime/x.ts', syntax],
  [`export default 1;\n`, 'src/core/x.ts', syntax],
  [`export default () => 1;\n`, 'src/vscode/contributions/x.ts', syntax],
  [`export default function x() { return 1; }\n`, 'test/unit/x.ts', syntax],
  [registers, 'src/vscode/commands/x.ts', syntax],
  [registers, 'src/extension.ts', syntax],
  [registersInFull, 'src/extension.ts', syntax],
  [setsContext, 'src/vscode/views/x.ts', syntax],
  [`console.log(1);\n`, 'src/vscode/x.ts', 'no-console'],
];

const innocent: readonly (readonly [string, string])[] = [
  [useVscode, 'src/vscode/x.ts'],
  [useVscode, 'src/extension.ts'],
  [registers, 'src/vscode/contributions/x.ts'],
  [registersInFull, 'src/vscode/contributions/x.ts'],
  [setsContext, 'src/vscode/contributions/x.ts'],
  [`import { readFile } from 'node:fs';\nexport const x = readFile;\n`, 'src/vscode/x.ts'],
  [`import { readFile } from 'node:fs';\nexport const x = readFile;\n`, 'src/local/x.ts'],
  [`import { Agent } from 'undici';\nexport const x = Agent;\n`, 'src/runtime/transport.ts'],
  [`import type { Agent } from 'undici';\nexport type X = Agent;\n`, 'src/runtime/x.ts'],
  [`import { x } from '../core/source';\nexport const y = x;\n`, 'src/runtime/x.ts'],
  [`import type { X } from '../core/source';\nexport type Y = X;\n`, 'src/shared/x.ts'],
  [`import { x } from './runtime';\nexport const y = x;\n`, 'src/core/x.ts'],
  [`import { parse } from 'yaml';\nexport const x = parse;\n`, 'src/core/x.ts'],
  [`import { x } from '../../src/shared/labels';\nexport const y = x;\n`, 'webview/matrix/x.ts'],
  [`import { x } from './../part';\nexport const y = x;\n`, 'webview/matrix/deep/x.ts'],
  [`export const load = () => import('./transport');\n`, 'src/runtime/x.ts'],
  [`export const x = () => Date.now();\n`, 'src/vscode/x.ts'],
];

describe('the lint rules that keep the layers apart', function () {
  this.timeout(30_000);
  let eslint: ESLint;
  before(() => {
    // Without types: none of these rules needs them, and files that do not exist can be linted.
    const withoutTypes: Linter.Config = {
      files: ['**/*.ts'],
      ...(tseslint.configs.disableTypeChecked as Linter.Config),
    };
    eslint = new ESLint({ cwd: repositoryFolder, overrideConfig: withoutTypes });
  });

  async function firedBy(text: string, filePath: string): Promise<readonly (string | null)[]> {
    const [result] = await eslint.lintText(text, { filePath });
    return (result?.messages ?? []).map(({ ruleId }) => ruleId);
  }

  for (const [text, file, rule] of offences) {
    it(`report in ${file}: ${text.split('\n').filter(Boolean).join(' ')}`, async () => {
      assert.deepEqual(await firedBy(text, file), [rule]);
    });
  }
  for (const [text, file] of innocent) {
    it(`allow in ${file}: ${text.split('\n').filter(Boolean).join(' ')}`, async () => {
      assert.deepEqual(await firedBy(text, file), []);
    });
  }
});
