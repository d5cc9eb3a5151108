import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  findCycles,
  promotionOrder,
  type PromotionNode,
  upstreamsOf,
} from '../../../../src/core/registry/promotionGraph';

/** `a>b c b` as environments in that order. */
function nodes(text: string): readonly PromotionNode[] {
  return text.split(' ').map((word) => {
    const [id = '', promotesTo] = word.split('>');
    return promotesTo === undefined ? { id } : { id, promotesTo };
  });
}

describe('promotionOrder', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['dev>test test>prod prod', 'dev test prod'],
    ['prod test>prod dev>test', 'dev test prod'],
    ['a>p1 b>p2 p1 p2', 'a b p1 p2'],
    ['lone a>b b', 'a b lone'],
    ['prod a>prod b>prod lone', 'a b prod lone'],
    ['x>y y>x', 'x y'],
    ['in>x z x>y y>x', 'in x y z'],
    ['x>y y>x in>y', 'x in y'],
    ['a>a b', 'a b'],
    ['a>gone b>c c', 'b c a'],
  ];
  for (const [input, output] of cases) {
    it(`orders ${input}`, () => {
      assert.equal(
        promotionOrder(nodes(input))
          .map(({ id }) => id)
          .join(' '),
        output,
      );
    });
  }

  it('loses and doubles nothing, and puts upstream first wherever there is no cycle', () => {
    const target = fc.option(fc.nat({ max: 14 }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(target, { maxLength: 15 }), (targets) => {
        const list = targets.map((to, index) => ({ id: `${index}`, ...(to !== undefined && { promotesTo: `${to}` }) }));
        const order = promotionOrder(list).map(({ id }) => id);
        assert.deepEqual([...order].sort(), list.map(({ id }) => id).sort());
        const onCycle = new Set(findCycles(list).flat());
        for (const { id, promotesTo } of list) {
          if (promotesTo === undefined || !order.includes(promotesTo) || onCycle.has(id)) continue;
          assert.ok(order.indexOf(id) < order.indexOf(promotesTo), `${id} > ${promotesTo}: ${order.join(' ')}`);
        }
      }),
    );
  });

  it('takes a chain of ten thousand, written backwards', () => {
    const chain = Array.from({ length: 10_000 }, (_, index) => ({
      id: `e${index}`,
      promotesTo: `e${index + 1}`,
    })).reverse();
    const order = promotionOrder(chain);
    assert.deepEqual([order[0]?.id, order.at(-1)?.id], ['e0', 'e9999']);
  });
});

describe('findCycles', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['dev>test test>prod prod', []],
    ['dev>test test>dev', ['dev test dev']],
    ['in>test dev>test test>dev', ['dev test dev']],
    ['a>a b>c c>b', ['a a', 'b c b']],
    ['dev>test test>staging staging>prod prod>dev', ['dev test staging prod dev']],
    ['a>gone', []],
  ];
  for (const [input, output] of cases) {
    it(`finds those of ${input}`, () => {
      assert.deepEqual(
        findCycles(nodes(input)).map((cycle) => cycle.join(' ')),
        output,
      );
    });
  }

  it('finds one of ten thousand', () => {
    const ring = Array.from({ length: 10_000 }, (_, index) => ({
      id: `e${index}`,
      promotesTo: `e${(index + 1) % 10_000}`,
    }));
    assert.equal(findCycles(ring)[0]?.length, 10_001);
    assert.equal(promotionOrder(ring).length, 10_000);
  });
});

describe('upstreamsOf', () => {
  it('gives those that promote there, in order', () => {
    assert.deepEqual(
      upstreamsOf(nodes('b>p a>p p>p c>d d'), 'p').map(({ id }) => id),
      ['b', 'a'],
    );
  });
});
