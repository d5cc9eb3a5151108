import assert from 'node:assert/strict';
import { markedWriter, testOutput, withoutMarks } from '../../host/testOutput';

describe('testOutput', () => {
  it("tells the tests' own lines from others", () => {
    const lines: string[] = [];
    const write = markedWriter((line) => lines.push(line));
    write('%d passing', 3);
    write();
    assert.deepEqual([...lines, 'VS Code says'].map(testOutput), ['3 passing', '', undefined]);
    assert.equal(withoutMarks(lines.join('\n')), '3 passing\n');
  });
});
