import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { repositoryFolder } from '../../host/repositoryFolder';

/** What must not compile in a folder that runs anywhere. */
const offenders = {
  'the API of VS Code': `import * as vscode from 'vscode';\nexport const x = vscode.version;\n`,
  'a type of VS Code': `import type { Uri } from 'vscode';\nexport type X = Uri;\n`,
  'a module of Node': `import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n`,
  'a module of Node, loaded late': `export const x = (): Promise<unknown> => import('node:fs');\n`,
  'the process': `export const x = process.env;\n`,
  'a Buffer': `export const x = Buffer.from('');\n`,
  'a clock of its own': `export const x = setTimeout(() => undefined, 1);\n`,
  'the network': `export const x = fetch('http://localhost');\n`,
  'the console': `console.log('x');\nexport const x = 1;\n`,
  'the page': `export const x = document.title;\n`,
  require: `export const x: unknown = require('fs');\n`,
} as const;

const harmless = `export const x: URL = new URL('http://localhost');\n`;

/** The only packages whose types the folder's program takes in. Those of Node would make everything above compile. */
const packagesOf = { core: ['yaml', 'zod'], shared: [] } as const;

for (const folder of ['core', 'shared'] as const) {
  describe(`src/${folder}/tsconfig.json`, function () {
    this.timeout(30_000);
    const directory = join(repositoryFolder, 'src', folder);
    let faults: (file: string) => readonly string[];
    let whole: ts.ParsedCommandLine;

    before(() => {
      const config = readConfig(join(directory, 'tsconfig.json'));
      whole = config;
      const texts = new Map(
        [...Object.values(offenders), harmless].map((text, index) => [join(directory, `offender${index}.ts`), text]),
      );
      const pathOf = new Map([...texts].map(([path, text]) => [text, path]));
      const program = programOf(config, texts);
      faults = (text) => {
        const file = program.getSourceFile(pathOf.get(text) ?? '');
        assert.ok(file, 'the offender is not part of the program');
        return program
          .getSemanticDiagnostics(file)
          .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
      };
    });

    for (const [name, text] of Object.entries(offenders)) {
      it(`does not know ${name}`, () => {
        assert.match(faults(text).join('\n'), /Cannot find (module|name)|is not a module/);
      });
    }

    it('knows what every JavaScript host has', () => {
      assert.deepEqual(faults(harmless), []);
    });

    it('takes in the types of no other package', () => {
      const packages = ts
        .createProgram(whole.fileNames, whole.options)
        .getSourceFiles()
        .flatMap(({ fileName }) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(fileName)?.[1] ?? []);
      const language = 'typescript';
      assert.deepEqual([...new Set(packages)].sort(), [...packagesOf[folder], language].sort());
    });

    it('covers every file of the folder', () => {
      const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => join(directory, name));
      const known = new Set(whole.fileNames.map((name) => join(name)));
      assert.deepEqual(
        files.filter((file) => !known.has(file)),
        [],
      );
    });
  });
}

function readConfig(path: string): ts.ParsedCommandLine {
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file)) as { config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, dirname(path), undefined, path);
}

/** The files of `texts`, in memory, beside the folder's declarations: nothing is written. */
function programOf({ options, fileNames }: ts.ParsedCommandLine, texts: ReadonlyMap<string, string>): ts.Program {
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.fileExists = (name) => texts.has(join(name)) || ts.sys.fileExists(name);
  host.readFile = (name) => texts.get(join(name)) ?? ts.sys.readFile(name);
  host.getSourceFile = (name, languageVersion, ...rest) => {
    const text = texts.get(join(name));
    return text === undefined
      ? getSourceFile(name, languageVersion, ...rest)
      : ts.createSourceFile(name, text, languageVersion);
  };
  const declarations = fileNames.filter((name) => name.endsWith('.d.ts'));
  return ts.createProgram([...declarations, ...texts.keys()], options, host);
}
