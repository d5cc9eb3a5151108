import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from '../../host/repositoryFolder';

const folders = ['src', 'webview', 'test'];
const limit = 400;

function lines(path: string): number {
  return readFileSync(join(repositoryFolder, path), 'utf8').trimEnd().split('\n').length;
}

function sources(folder: string): readonly string[] {
  return readdirSync(join(repositoryFolder, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[mc]?[jt]s$/.test(name) && !name.startsWith('fixtures'))
    .map((name) => join(folder, name));
}

describe('files stay small', () => {
  it('src/extension.ts wires and does nothing else, in at most 150 lines', () => {
    assert.ok(lines('src/extension.ts') <= 150, `${lines('src/extension.ts')} lines`);
  });

  it(`no source file has more than ${limit} lines`, () => {
    const all = folders.flatMap(sources);
    assert.ok(all.length > 100, 'the files were not found');
    const long = all.filter((path) => lines(path) > limit).map((path) => `${path}: ${lines(path)}`);
    assert.deepEqual(long, []);
  });

  it('no folder hides its files behind a barrel', () => {
    const barrels = sources('src').filter((path) => /(^|[/\\])index\.ts$/.test(path));
    assert.deepEqual(barrels, []);
  });
});
