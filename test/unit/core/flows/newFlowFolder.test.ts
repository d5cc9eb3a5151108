import assert from 'node:assert/strict';
import { newFlowFolder } from '../../../../src/core/flows/newFlowFolder';
import { startOfFile } from '../../../../src/core/source';

describe('newFlowFolder', () => {
  const folders = [
    ['flows', undefined],
    ['flows', '**/*.camel.yaml'],
    ['flows', 'flows/**/*.camel.yaml'],
    ['src/main/camel', 'src/main/camel/*.camel.{yaml,yml}'],
    ['routes', 'routes/{a,b}/flow.camel.yaml'],
    ['', '*.camel.yaml'],
    ['', '?/*.camel.yaml'],
  ] as const;
  for (const [folder, glob] of folders) {
    it(`is ${folder || 'the workspace folder'} for ${glob ?? 'a registry that does not say'}`, () => {
      assert.equal(newFlowFolder(glob === undefined ? undefined : [{ glob, range: startOfFile }]), folder);
    });
  }
});
