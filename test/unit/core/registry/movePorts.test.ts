import assert from 'node:assert/strict';
import { movePorts } from '../../../../src/core/registry/movePorts';

describe('movePorts', () => {
  const text = `# ours
version: 1
environments:
  dev: { url: http://localhost:8181 } # here
  test:
    url: 'http://127.0.0.1:8182'
`;
  const dev = { id: 'dev', from: 'http://localhost:8181', port: 8191 };
  const test = { id: 'test', from: 'http://127.0.0.1:8182', port: 8192 };

  it('changes the URLs that it is about, and nothing else', () => {
    assert.deepEqual(movePorts(text, [dev, test]), {
      kind: 'edited',
      text: text.replace('localhost:8181', 'localhost:8191').replace('127.0.0.1:8182', 'localhost:8192'),
    });
  });

  for (const [what, changed, sentence] of [
    ['points elsewhere by now', text.replace('127.0.0.1:8182', 'localhost:9000'), 'The URL of test is another by now.'],
    ['is gone', text.replace('test:', 'qa:'), 'There is no environment `test` in this file.'],
    ['cannot be read', `${text}"`, 'This file is not valid YAML. Correct it first.'],
  ] as const) {
    it(`changes nothing where one ${what}`, () => {
      assert.deepEqual(movePorts(changed, [dev, test]), { kind: 'refused', message: sentence });
    });
  }
});
