import assert from 'node:assert/strict';
import { buildCatalogue, keepName, type FlowFile } from '../../../../src/core/flows/buildCatalogue';
import { parseFlowYaml } from '../../../../src/core/flows/parseFlow';

function flowFile(path: string, yaml = '- from: { uri: "direct:x" }\n', parameters?: string): FlowFile {
  const file = `file:///w/${path}`;
  const parsed = parseFlowYaml(yaml, file);
  const text = parameters === undefined ? {} : { parameters: { file: `${file}.params.json`, text: parameters } };
  return { file, path, yaml, parsed, ...text };
}

describe('buildCatalogue', () => {
  it('names a flow by the description, the id of its first route, or its own id', () => {
    const flows = buildCatalogue([
      flowFile('a.camel.yaml', '- route: { id: r, description: Zebra, from: { uri: "direct:x" } }'),
      flowFile('b.camel.yaml', '- route: { id: mule, from: { uri: "direct:x" } }'),
      flowFile('c/flow.camel.yaml'),
    ]);
    assert.deepEqual(
      flows.map(({ id, displayName }) => [id, displayName]),
      [
        ['c', 'c'],
        ['b', 'mule'],
        ['a', 'Zebra'],
      ],
    );
  });

  it('keeps the last good name, and place, of a flow whose YAML is broken', () => {
    const named = (description: string): string =>
      `- route: { id: r, description: "${description}", from: { uri: "direct:x" } }\n`;
    const others = [flowFile('m.camel.yaml', named('Middle'))];
    const namesOf = (file: FlowFile): readonly string[] =>
      buildCatalogue([...others, file]).map(({ displayName }) => displayName);
    const good = keepName(flowFile('z.camel.yaml', named('Alpha')), undefined);
    const broken = keepName(flowFile('z.camel.yaml', '- route: {'), good);
    assert.deepEqual(namesOf(broken), ['Alpha', 'Middle']);
    const half = keepName(flowFile('z.camel.yaml', `${named('Zeb')}${named('One route id twice')}`), broken);
    assert.equal(half.parsed.isDeployable, false);
    assert.deepEqual(namesOf(half), ['Alpha', 'Middle']);
    const mended = keepName(flowFile('z.camel.yaml', named('Zebra')), half);
    assert.deepEqual(namesOf(mended), ['Middle', 'Zebra']);
    const neverGood = keepName(flowFile('z.camel.yaml', '- route: {'), undefined);
    assert.deepEqual(namesOf(keepName(neverGood, neverGood)), ['Middle', 'z']);
  });

  it('sorts numbers in names by their value, and namesakes by id', () => {
    const named = (path: string, description: string): FlowFile =>
      flowFile(path, `- route: { id: r, description: "${description}", from: { uri: "direct:x" } }`);
    const flows = buildCatalogue([
      named('flow-10.camel.yaml', 'Same'),
      named('c.camel.yaml', 'Route 199'),
      named('flow-9.camel.yaml', 'Same'),
      named('b.camel.yaml', 'route 20'),
      named('a.camel.yaml', 'Route 2'),
    ]);
    assert.deepEqual(
      flows.map(({ id }) => id),
      ['a', 'b', 'c', 'flow-9', 'flow-10'],
    );
  });

  it('marks both files of one id, each naming the other', () => {
    const flows = buildCatalogue([
      flowFile('x/orders.camel.yaml'),
      flowFile('orders/flow.camel.yaml'),
      flowFile('z.camel.yaml'),
    ]);
    const orders = flows.filter(({ id }) => id === 'orders');
    assert.equal(orders.length, 2);
    for (const flow of orders) {
      const other = flow.file.includes('/x/') ? 'orders/flow.camel.yaml' : 'x/orders.camel.yaml';
      const fault = flow.faults.find(({ code }) => code === 'duplicate-flow-id');
      assert.equal(flow.hasDuplicateId, true);
      assert.equal(fault?.file, flow.file);
      assert.ok(fault.message.includes(other), fault.message);
    }
    assert.equal(flows.find(({ id }) => id === 'z')?.hasDuplicateId, false);
  });

  it('marks an id that no runtime takes', () => {
    const [flow] = buildCatalogue([flowFile('Bestellungen für heute.camel.yaml')]);
    assert.equal(flow?.hasLegalId, false);
    assert.deepEqual(
      flow.faults.map(({ code }) => code),
      ['illegal-flow-id'],
    );
  });

  it('brings the parameters and the faults of both files', () => {
    const [flow] = buildCatalogue([flowFile('a.camel.yaml', '- beans: []', '{ "n": 014, "x": "y" }')]);
    assert.deepEqual(
      flow?.faults.map(({ code, file }) => `${code} ${file}`),
      ['no-route file:///w/a.camel.yaml', 'json-syntax file:///w/a.camel.yaml.params.json'],
    );
    const [whole] = buildCatalogue([flowFile('a.camel.yaml', undefined, '{ "x": "y" }')]);
    assert.deepEqual([...(whole?.parameters.keys() ?? [])], ['x']);
  });

  it('leaves out files that are no flows', () => {
    assert.deepEqual(buildCatalogue([flowFile('notes.yaml')]), []);
  });
});
