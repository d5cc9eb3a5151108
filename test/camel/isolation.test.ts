import assert from 'node:assert/strict';
import { answering, answerOf, deleteFlow, putFlow, removeFlows } from './manageFlows';
import { camelRuntimes } from './rootHooks';
import type { CamelRuntime } from './startCamelRuntimes';

describe('what is one flow’s alone', () => {
  let dev: CamelRuntime;
  before(() => {
    dev = camelRuntimes().of('dev');
  });
  afterEach(() => removeFlows(dev));

  async function deploy(id: string, yaml: string, params?: Readonly<Record<string, string>>): Promise<void> {
    assert.deepEqual(await putFlow(dev, id, yaml, params), { status: 200 });
  }

  describe('its parameters', () => {
    const asked = '{{word}} ${properties:word} ${properties:nobodys:none}';

    it('have each flow’s own value where another has the same key, loaded and asked for at run time', async () => {
      await deploy('a', answering('/a', asked), { word: 'A' });
      await deploy('b', answering('/b', asked), { word: 'B' });
      assert.equal(await answerOf(dev, '/a'), 'A A none');
      assert.equal(await answerOf(dev, '/b'), 'B B none');
    });

    it('change with an edit of the flow, and not with one of another', async () => {
      await deploy('a', answering('/a', asked), { word: 'A' });
      await deploy('b', answering('/b', asked), { word: 'B' });
      await deploy('a', answering('/a', asked), { word: 'changed' });
      assert.equal(await answerOf(dev, '/a'), 'changed changed none');
      assert.equal(await answerOf(dev, '/b'), 'B B none');
      await deploy('a', answering('/a', `${asked}!`), { word: 'edited' });
      assert.equal(await answerOf(dev, '/a'), 'edited edited none!');
      assert.equal(await answerOf(dev, '/b'), 'B B none');
    });

    it('are those of the flow that a step is in, on whatever thread, and whoever asked', async () => {
      const append = "        - setBody:\n            simple: '${body} ${properties:word}'\n";
      const away =
        '        - delay:\n            asyncDelayed: true\n            expression:\n              constant:\n                expression: 1\n';
      const callee = `- route:\n    id: callee\n    from:\n      uri: direct:callee\n      steps:\n${append}${away}${append}`;
      await deploy('b', callee, { word: 'B' });
      await deploy('a', `${answering('/a', 'from')}${append}        - to: direct:callee\n${append}`, { word: 'A' });
      assert.equal(await answerOf(dev, '/a'), 'from A B B A');
    });
  });

  describe('its `restConfiguration`', () => {
    const rest = (path: string): string => `- rest:
    path: ${path}
    get:
      - path: /y
        to: direct:answer
- route:
    id: answer
    from:
      uri: direct:answer
      steps:
        - setBody:
            constant: rest
`;

    it('does not outlive it', async () => {
      await deploy('first', `- restConfiguration:\n    contextPath: /base\n${rest('/x')}`);
      assert.equal(await answerOf(dev, '/base/x/y'), 'rest');
      await deleteFlow(dev, 'first');
      assert.equal(await answerOf(dev, '/base/x/y'), 404);
      await deploy('second', rest('/x'));
      assert.equal(await answerOf(dev, '/x/y'), 'rest');
      assert.equal(await answerOf(dev, '/base/x/y'), 404);
    });

    it('is not another flow’s', async () => {
      await deploy('first', `- restConfiguration:\n    contextPath: /base\n${rest('/x')}`);
      await deploy('second', rest('/z').replaceAll('answer', 'other'));
      assert.equal(await answerOf(dev, '/base/x/y'), 'rest');
      assert.equal(await answerOf(dev, '/z/y'), 'rest');
    });

    it('leads no path under /_api past the runtime', async () => {
      const claim = await putFlow(dev, 'claim', `- restConfiguration:\n    contextPath: /_api\n${rest('/x')}`);
      assert.equal(claim.status, 400);
      assert.match(claim.error ?? '', /under \/_api/);
    });
  });

  describe('its beans', () => {
    const useBean = answering('/bean', '${bean:m?method=toString}');
    const withBean = (text: string): string =>
      `- beans:\n    - name: m\n      type: java.net.URI\n      constructors:\n        '0': ${text}\n${useBean}`;

    it('change with it, though the text that uses them is the same', async () => {
      await deploy('bean', withBean('one'));
      assert.equal(await answerOf(dev, '/bean'), 'one');
      await deploy('bean', withBean('two'));
      assert.equal(await answerOf(dev, '/bean'), 'two');
    });

    it('go with it', async () => {
      await deploy('bean', withBean('one'));
      const refused = await putFlow(dev, 'bean', useBean);
      assert.equal(refused.status, 400);
      await deleteFlow(dev, 'bean');
      const missing = await putFlow(dev, 'bean', useBean);
      assert.match(missing.error ?? '', /No bean could be found in the registry for: m/);
    });
  });
});
