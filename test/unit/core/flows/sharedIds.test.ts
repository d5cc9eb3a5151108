import assert from 'node:assert/strict';
import { parseFlowYaml } from '../../../../src/core/flows/parseFlow';

const file = 'file:///w/flows/orders.camel.yaml';
const route = '- route:\n    id: orders\n    from:\n      uri: direct:x\n';

/** Of a route: two steps, the second one with an id. */
const steps = (id: string): string => `      steps:\n        - stop: {}\n        - log: { id: ${id}, message: x }\n`;
const choice =
  '      steps:\n        - stop: { id: x }\n        - choice: { when: [{ steps: [{ log: { id: x } }] }] }\n        - doTry: { doCatch: [{ steps: [{ log: { id: x } }] }] }\n';

function places(text: string): readonly string[] {
  return parseFlowYaml(text, file).faults.map(({ code, range }) => `${range.start.line}:${range.start.column} ${code}`);
}

describe('ids and operations that are there twice', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['one id twice', `${route}${route}`, ['5:8 shared-id']],
    [
      'one id of two steps',
      `${route}${steps('x')}- route:\n    from:\n      uri: direct:b\n${steps('x')}`,
      ['12:21 shared-id'],
    ],
    ['a step with the id of a route', `${route}${steps('orders')}`, ['6:21 shared-id']],
    ['a step of a choice with the id of another', `${route}${choice}`, ['6:50 shared-id']],
    [
      'steps that an alias repeats',
      '- from: { uri: a, steps: [{ loop: { steps: &s [{ log: { id: x } }] } }, { loop: { steps: *s } }] }\n',
      ['0:60 shared-id'],
    ],
    [
      'one id of two steps of a template that is used',
      '- routeTemplate: { id: t, from: { uri: a, steps: [{ log: { id: x } }, { log: { id: x } }] } }\n- templatedRoute: { routeTemplateRef: t }\n- templatedRoute: { routeTemplateRef: t }\n',
      ['0:83 shared-id'],
    ],
    [
      'a templated route with the id of a step of its template',
      '- routeTemplate: { id: t, route: { from: { uri: a, steps: [{ log: { id: x } }] } } }\n- templatedRoute: { routeTemplateRef: t, routeId: x }\n',
      ['1:50 shared-id'],
    ],
    [
      'a templated route whose placeholders make an id again',
      '- templatedRoute: { routeId: "{{x}}" }\n- templatedRoute: { routeId: "{{x}}" }\n',
      ['1:29 shared-id'],
    ],
    ['a routeId that a route has', `${route}- rest: { get: [{ routeId: orders, to: "log:x" }] }\n`, ['4:27 shared-id']],
    [
      'an id of an operation that a step has',
      `${route}${steps('x')}- rest: { get: [{ id: x, to: "log:x" }] }\n`,
      ['7:22 shared-id'],
    ],
    [
      'an id of the end of an operation that a route has',
      `${route}- rest: { get: [{ to: { id: orders, uri: "log:x" } }] }\n`,
      ['4:28 shared-id'],
    ],
    [
      'a second rest that leads to a route with an id',
      `${route}- rest: { get: [{ to: "direct:x" }] }\n- rest: { put: [{ to: "direct:x" }] }\n`,
      ['5:22 shared-target'],
    ],
    [
      'a description of the API with the id of a route',
      `${route}- restConfiguration: { apiContextPath: docs, apiContextRouteId: orders }\n`,
      ['4:64 shared-id'],
    ],
    ['one operation of a rest twice', '- rest: { get: [{ path: a }, { path: a }, {}] }\n', ['0:29 repeated-operation']],
    [
      'two operations of a rest that lead to one route',
      '- rest: { get: [{ to: "direct:a" }], put: [{ to: { uri: direct, parameters: { name: a } } }] }\n',
      ['0:49 shared-target'],
    ],
    [
      'two operations of a rest that lead to a route with an id',
      `${route}- rest: { get: [{ to: "direct:x" }], put: [{ to: "direct:x" }] }\n`,
      ['4:49 shared-target'],
    ],
  ];
  for (const [name, text, expected] of cases) {
    it(`are refused: ${name}`, () => {
      assert.deepEqual(places(text), expected);
    });
  }
});

describe('ids that may be there twice', () => {
  const one = '- rest: { get: [{ routeId: g, to: "direct:x" }] }\n';
  const template =
    '- routeTemplate: { id: t, from: { uri: a, steps: [{ log: { id: orders } }, { log: { id: y } }] } }\n';
  const twin = template.replace(': y', ': orders');
  const innocent: readonly (readonly [string, string])[] = [
    [
      'the routeId of an operation whose route has an id of its own',
      `${route}${one}${one.replace('x"', 'z"').replace(': g', ': h')}`,
    ],
    ['an id of an operation that another one has', '- rest: { get: [{ id: g, to: a }, { path: /x, id: g, to: b }] }\n'],
    ['a step of a template and a route', `${route}${template}- templatedRoute: { routeTemplateRef: t }\n`],
    ['steps of a template that nothing uses', `${route}${twin}`],
    [
      'steps of the second of two templates with one id',
      `${template}${twin}- templatedRoute: { routeTemplateRef: t }\n`,
    ],
    [
      'a plain id of a templated route, which takes the place of another',
      `${route}- templatedRoute: { routeId: orders }\n`,
    ],
    [
      'steps without ids that an alias repeats',
      '- from: { uri: a, steps: [{ loop: { steps: &s [log: x] } }, { loop: { steps: *s } }] }\n',
    ],
  ];
  for (const [name, text] of innocent) {
    it(`lets ${name} be`, () => {
      assert.deepEqual(places(text), []);
    });
  }
});
