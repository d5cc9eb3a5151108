import assert from 'node:assert/strict';
import { parseFlowYaml } from '../../../../src/core/flows/parseFlow';

const file = 'file:///w/flows/orders.camel.yaml';
const route = '- route:\n    id: orders\n    from:\n      uri: direct:x\n';

describe('runningRoutes', () => {
  const cases: readonly (readonly [string, string, readonly (string | undefined)[]])[] = [
    ['a route', route, ['orders']],
    ['a compact from, whose id is not the route’s', '- from: { id: x, uri: "direct:a" }\n', [undefined]],
    ['nothing of a template or a configuration', '- routeTemplate: { id: t }\n- routeConfiguration: { id: c }\n', []],
    ['each route of a template', '- templatedRoute: { routeId: a }\n- templatedRoute: {}\n', ['a', undefined]],
    ['each operation of a rest', '- rest: { get: [{ id: g, to: "log:x" }], put: [{}] }\n', ['g', undefined]],
    [
      'a direct route in the place of its operation',
      `- rest: { get: [{ id: g, to: "direct:x" }] }\n${route}`,
      ['orders'],
    ],
    [
      'it with the id of the operation',
      '- rest: { get: [{ id: g, to: { uri: "direct:x" } }] }\n- from: direct:x\n',
      ['g'],
    ],
    [
      'both where nothing is inlined',
      `- restConfiguration: { inlineRoutes: false }\n- rest: { get: [{ id: g, to: "direct:x" }] }\n${route}`,
      ['orders', 'g'],
    ],
    ['one of an OpenAPI document', '- rest: { openApi: { routeId: o, specification: a.json } }\n', ['o']],
    ['an item once that an alias repeats', '- &r\n  from: direct:a\n- *r\n', [undefined]],
    [
      'two of one id from templates once',
      '- templatedRoute: { routeId: a }\n- templatedRoute: { route-id: a }\n',
      ['a'],
    ],
    [
      'one more where the API is described',
      '- restConfiguration: { api-context-path: docs, apiContextRouteId: d }\n- rest: { get: [{ to: "log:x" }] }\n',
      [undefined, 'd'],
    ],
    [
      'a direct route for each rest that leads to it',
      '- rest: { get: [{ id: g, to: "direct:a" }] }\n- rest: { put: [{ routeId: p, to: "direct:a" }] }\n- from: direct:a\n',
      ['g', 'p'],
    ],
    [
      'the id of a direct route before the routeId of its operation',
      `- rest: { get: [{ routeId: g, to: "direct:x" }] }\n${route}`,
      ['orders'],
    ],
    ['the routeId of an operation', '- rest: { get: [{ id: i, routeId: g }] }\n', ['g']],
    ['no id of an operation that a route has', `- rest: { get: [{ id: orders }] }\n${route}`, ['orders', undefined]],
    [
      'nothing of what is disabled',
      '- rest: { disabled: true, get: [{}] }\n- rest: { get: [{ disabled: TRUE }] }\n',
      [],
    ],
    [
      'a direct route by its name',
      '- rest: { get: [{ id: g, to: "direct:a" }] }\n- from: { uri: direct, parameters: { name: a } }\n',
      ['g'],
    ],
    [
      'an endpoint with other options beside its operation',
      '- rest: { get: [{ id: g, to: "direct:a" }] }\n- from: { uri: "direct:a", parameters: { block: false } }\n',
      [undefined, 'g'],
    ],
    [
      'both where the last word is that nothing is inlined',
      `- restConfiguration: { inlineRoutes: true }\n- restConfiguration: { inline-routes: FALSE }\n- rest: { get: [{ id: g, to: "direct:x" }] }\n${route}`,
      ['orders', 'g'],
    ],
  ];
  for (const [name, text, expected] of cases) {
    it(`is ${name}`, () => {
      assert.deepEqual(parseFlowYaml(text, file).runningRoutes, expected);
    });
  }
});
