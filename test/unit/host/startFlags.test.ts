import assert from 'node:assert/strict';
import { parseStartFlags } from '../../host/startFlags';

describe('parseStartFlags', () => {
  it('takes no flags, and flags in both spellings', () => {
    assert.deepEqual(parseStartFlags([]), {});
    assert.deepEqual(parseStartFlags(['--host', 'server', '--port', '8080']), { host: 'server', port: 8080 });
    assert.deepEqual(parseStartFlags(['--port=8080', '--host=server']), { host: 'server', port: 8080 });
    assert.deepEqual(parseStartFlags(['--camel', '--port', '8080']), { camel: true, port: 8080 });
  });

  for (const [args, sentence] of [
    [['--prot', '1'], /^npm start does not know "--prot"\./],
    [['8080'], /^npm start does not know "8080"\./],
    [['--port'], /^--port takes a number from 1 to 65535\.$/],
    [['--port', '0'], /not "0"\.$/],
    [['--port', '1e3'], /not "1e3"\.$/],
    [['--port', '65536'], /not "65536"\.$/],
    [['--host', 'desktop', '--port', '8080'], /^--port is for VS Code in the browser: .+ --host server\.$/],
    [['--port=8080', '--host=desktop'], /^--port is for VS Code in the browser: /],
    [['--host', 'cloud'], /^--host takes desktop or server, not "cloud"\.$/],
  ] as const) {
    it(`refuses ${args.join(' ')} with a sentence`, () => {
      assert.throws(() => parseStartFlags(args), { message: sentence });
    });
  }
});
