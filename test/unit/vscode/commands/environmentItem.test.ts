import assert from 'node:assert/strict';
import { environmentItem } from '../../../../src/vscode/commands/environmentItem';

describe('environmentItem', () => {
  it('shows the name, and the id only where it is another text', () => {
    const url = 'https://p';
    assert.deepEqual(environmentItem({ id: 'prod', label: 'Production', url }), {
      label: 'Production',
      description: 'prod',
      detail: url,
    });
    assert.deepEqual(environmentItem({ id: 'dev', label: 'dev', url }), { label: 'dev', description: '', detail: url });
  });

  it('lets no name be an icon', () => {
    const { label, description, detail } = environmentItem({ id: '$(key)', label: '$(trash)', url: 'http://$(bug)' });
    assert.doesNotMatch(label + description + detail, /\$\(/);
  });
});
