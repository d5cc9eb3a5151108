import assert from 'node:assert/strict';
import type { FlowContent } from '../../../../src/core/operations/flowContent';
import type { Flow } from '../../../../src/core/flows/types';
import type { ContentForms } from '../../../../src/core/promotion/contentHash';
import { schemeOfList } from '../../../../src/core/promotion/hashScheme';
import type { GoodReading } from '../../../../src/core/promotion/types';
import { aFlow, digestsOf, hashing } from '../../../support/builders';

const values = new Map([['k', 'v']]);
const yaml = 'a: "{{k}}"\r\n';

function contentOf(flow: Flow, forms: Partial<ContentForms>): ReadonlyMap<string, FlowContent> {
  const digests = digestsOf(flow.yaml, forms);
  const rest = { parameterDigest: 'p', parameterNames: [], missingKeys: [], problems: [] };
  return new Map([['dev', { yaml: flow.yaml, digests, ...rest }]]);
}

function listOf(hashes: Readonly<Record<string, string | undefined>>): GoodReading {
  const items = Object.entries(hashes).map(([id, text]) => {
    const hash = text === undefined ? {} : { hash: hashing.digest('sha256', text) };
    return [id, { id, ...hash }] as const;
  });
  return { kind: 'read', at: 0, flows: new Map(items) };
}

describe('what the hashes of a list are made of', () => {
  const plain = aFlow('plain', 'a: 1\n');
  const other = aFlow('other', yaml);
  const orders = aFlow('orders', yaml);
  const contents = new Map([
    [plain, contentOf(plain, { values: new Map() })],
    [other, contentOf(other, { values })],
    [orders, contentOf(orders, { values })],
  ]);

  it('is told by a flow that reads otherwise with its values', () => {
    const sent = { plain: 'a: 1\n', other: 'stale', orders: yaml };
    assert.equal(schemeOfList(contents, 'dev', listOf(sent)), 'sent');
    assert.equal(schemeOfList(contents, 'dev', listOf({ ...sent, orders: 'a: "{{k}}"\n' })), 'lf');
  });

  it('is told by a flow whose values are not known', () => {
    const secret = new Map([[orders, contentOf(orders, { values: undefined })]]);
    assert.equal(schemeOfList(secret, 'dev', listOf({ orders: yaml })), 'sent');
  });

  it('is not told by flows that are the same either way, stale, put together here, or not there', () => {
    const reading = listOf({ plain: 'a: 1\n', other: 'stale', orders: 'a: "v"\r\n' });
    assert.equal(schemeOfList(contents, 'dev', reading), undefined);
    assert.equal(schemeOfList(contents, 'dev', listOf({ orders: undefined })), undefined);
    assert.equal(schemeOfList(contents, 'test', listOf({ orders: yaml })), undefined);
    const here = new Map([[orders, contentOf(orders, { values, substitution: 'client' })]]);
    assert.equal(schemeOfList(here, 'dev', listOf({ orders: 'a: "v"\r\n' })), undefined);
  });

  it('is worked out once per list, and again for other contents', () => {
    const reading = listOf({ orders: yaml });
    assert.equal(schemeOfList(new Map(), 'dev', reading), undefined);
    assert.equal(schemeOfList(contents, 'dev', reading), 'sent');
    const emptied = new Map(contents);
    assert.equal(schemeOfList(emptied, 'dev', reading), 'sent');
    emptied.clear();
    assert.equal(schemeOfList(emptied, 'dev', reading), 'sent', 'remembered');
  });
});

describe('a state whose list tells', () => {
  it('tries what is costly only where it may match', () => {
    const sha256 = (text: string) => ({ algorithm: 'sha256', hex: hashing.digest('sha256', text) }) as const;
    const digests = digestsOf(yaml, { values });
    const rendered = sha256('a: "v"\r\n');
    assert.equal(digests.matchingScheme(rendered, undefined), 'rendered');
    assert.equal(digests.matchingScheme(rendered, 'rendered'), 'rendered');
    assert.equal(digests.matchingScheme(rendered, 'sent'), undefined);
    assert.equal(digests.matchingScheme(rendered, 'lf'), undefined);
    for (const scheme of ['sent', 'lf', 'rendered', undefined] as const) {
      assert.equal(digests.matchingScheme(sha256(yaml), scheme), 'sent', scheme);
      assert.equal(digests.matchingScheme(sha256('a: "{{k}}"\n'), scheme), 'lf', scheme);
    }
  });
});
