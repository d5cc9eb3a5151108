import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { flowIdOfPath } from '../../../src/core/flows/flowId';
import { cellLabels, statusLabels } from '../../../src/shared/labels';
import { repositoryFolder } from '../../host/repositoryFolder';
import { startUsage } from '../../host/startFlags';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly title: string }[] };
}

const read = (...path: readonly string[]): string => readFileSync(join(repositoryFolder, ...path), 'utf8');

/** What stands in bold in a table, in order. */
const boldIn = (text: string): readonly string[] => [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, bold = '']) => bold);

describe('README', () => {
  const readme = read('README.md');

  it('lists every command, each once and by its title, and no other', () => {
    const [, section = ''] = /^## Commands\n(.+?)^## /ms.exec(readme) ?? [];
    const { contributes } = JSON.parse(read('package.json')) as Manifest;
    assert.deepEqual([...boldIn(section)].sort(), contributes.commands.map(({ title }) => title).sort());
  });

  it('says of every label what it means', () => {
    const [, section = ''] = /^## What the states mean\n(.+?)^## /ms.exec(readme) ?? [];
    const bold = boldIn(section);
    const labels = [...Object.values(cellLabels), ...Object.values(statusLabels), 'Checking…', 'Not checked'];
    assert.deepEqual(
      labels.filter((label) => !bold.includes(label)),
      [],
    );
  });

  it('names every flag of npm start', () => {
    const flags = new Set(startUsage.match(/--[a-z]+/g));
    assert.ok(flags.has('--help') && flags.size > 3);
    for (const flag of flags) assert.ok(readme.includes(flag), flag);
  });
});

describe('the README of the sample workspace', () => {
  const text = read('test', 'fixtures', 'sample-workspace', 'README.md');
  const flowsIn = (...folder: readonly string[]): readonly string[] =>
    readdirSync(join(repositoryFolder, 'test', 'fixtures', ...folder), { recursive: true, encoding: 'utf8' })
      .flatMap((path) => flowIdOfPath(path.replaceAll('\\', '/')) ?? [])
      .sort();

  it('lists its eight flows', () => {
    const listed = [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, id = '']) => id);
    assert.equal(listed.length, 8);
    assert.match(text, /^Eight Camel flows /m);
    assert.deepEqual(listed.sort(), flowsIn('sample-workspace', 'flows'));
  });

  it('names the two that npm start -- --camel adds', () => {
    const added = flowsIn('camel-flows');
    assert.match(text, /two flows more/);
    assert.equal(added.length, 2);
    for (const id of added) assert.ok(text.includes(`\`${id}\``), id);
  });
});
