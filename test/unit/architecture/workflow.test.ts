import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repositoryFolder } from '../../host/repositoryFolder';

interface Job {
  readonly strategy: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly env: Readonly<Record<string, string>>;
  readonly 'runs-on': string;
  readonly steps: readonly { readonly run?: string }[];
}

const npmCommand = /\bnpm (?:ci|test|run [\w:]+)/g;

const read = (...path: string[]): string => readFileSync(join(repositoryFolder, ...path), 'utf8');

function npmCommands(text: string): readonly string[] {
  return [...new Set(text.match(npmCommand) ?? [])].sort();
}

describe('the GitHub workflow', () => {
  const { test } = (parse(read('.github', 'workflows', 'ci.yml')) as { readonly jobs: { readonly test: Job } }).jobs;

  it('runs on Linux, macOS and Windows, with the oldest VS Code and the current one', () => {
    const { matrix } = test.strategy;
    assert.deepEqual(matrix, {
      os: ['ubuntu-latest', 'macos-latest', 'windows-latest'],
      vscode: ['minimum', 'stable'],
    });
    assert.equal(test['runs-on'], '${{ matrix.os }}');
    assert.equal(test.env.PIPEBASE_VSCODE_VERSION, '${{ matrix.vscode }}');
  });

  it('runs the same commands as .ci/run', () => {
    const ours = read('.ci', 'run').replaceAll(/^\s*#.*$/gm, '');
    assert.deepEqual(npmCommands(test.steps.map(({ run = '' }) => run).join('\n')), npmCommands(ours));
  });
});

describe('.ci/run', () => {
  /** What it would install where `apt-get` knows these packages. */
  function firstOf(names: string, known: string): string {
    const [definition = ''] = /^first_of\(\) \{\n.+?^\}/ms.exec(read('.ci', 'run')) ?? [];
    const aptGet = `apt-get() { case " ${known} " in *" $3 "*) ;; *) return 100 ;; esac; }`;
    return execFileSync('bash', ['-euc', `${aptGet}\n${definition}\nfirst_of ${names}`], { encoding: 'utf8' }).trim();
  }

  it('takes a package by the first name that can be had, and the last one where none can', function () {
    if (process.platform === 'win32') this.skip();
    assert.equal(firstOf('libasound2 libasound2t64', 'libasound2 libasound2t64'), 'libasound2');
    assert.equal(firstOf('libasound2 libasound2t64', 'libasound2t64'), 'libasound2t64');
    assert.equal(firstOf('libasound2 libasound2t64', 'maven'), 'libasound2t64');
  });
});
