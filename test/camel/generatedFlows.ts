import fc from 'fast-check';
import { stringify, type ToStringOptions } from 'yaml';

/** A flow that Camel takes, as plain data and as somebody might write it. */
export interface GeneratedFlow {
  readonly items: readonly FlowItem[];
  readonly yaml: string;
}

export type FlowItem = Readonly<Record<string, unknown>>;

/** What the placeholders of the generated flows are answered from. */
export const flowParams: Readonly<Record<string, string>> = {
  name: 'orders',
  'a.b': 'x y',
  period: '5000',
  nested: '{{name}}-{{period}}',
  on: 'true',
  off: 'false',
};

const text = fc.constantFrom(
  'Got ${body}',
  'for {{name}}',
  '{{nested}} at {{a.b}}',
  '{{nope:some default}}',
  '"{{name}}"',
  "it's",
  'a: b # c',
  'one\ntwo\n',
  'grüße 🐪',
  '014',
  'yes',
  '- x',
  '\\{{name\\}}',
  'C:\\temp\\new',
);
const word = fc.constantFrom('a', 'b-c', '{{name}}', 'x_1', 'kafka.KEY');
const condition = fc.constantFrom("${body} == 'x'", '${header.a} > 5', "${body} contains '{{name}}'");
const target = fc.oneof(
  fc.constantFrom('log:out', 'mock:{{name}}', 'direct:elsewhere', 'seda:queue?size=10', 'file:out'),
  fc.record({ uri: fc.constant('log:out'), parameters: fc.constantFrom({ showAll: true }, { level: 'WARN' }, {}) }),
);

/** An expression in Camel's short form, and in its long one. */
function expression(language: string, content: fc.Arbitrary<string>): fc.Arbitrary<FlowItem> {
  return content.chain((each) =>
    fc.constantFrom<FlowItem>(
      { [language]: each },
      { [language]: { expression: each } },
      { expression: { [language]: { expression: each } } },
    ),
  );
}

const value = fc.oneof(expression('constant', text), expression('simple', fc.constant('${body}')));
const simpleStep: fc.Arbitrary<FlowItem> = fc.oneof(
  text.map((message) => ({ log: message })),
  fc.record({ log: fc.record({ message: text, loggingLevel: fc.constantFrom('INFO', 'DEBUG') }) }),
  fc.record({ setBody: value }),
  fc.tuple(word, value).map(([name, what]) => ({ setHeader: { name, ...what } })),
  fc.tuple(word, value).map(([name, what]) => ({ setProperty: { name, ...what } })),
  fc.record({ to: target }),
  fc.constantFrom<FlowItem>(
    { toD: 'direct:${header.next}' },
    { wireTap: { uri: 'direct:tap' } },
    { removeHeaders: { pattern: 'Camel*' } },
    { removeHeader: { name: 'a' } },
    { convertBodyTo: { type: 'java.lang.String' } },
    { marshal: { json: { library: 'Jackson' } } },
    { unmarshal: { json: {} } },
    { delay: { constant: '{{period}}' } },
    { stop: {} },
    { throwException: { exceptionType: 'java.lang.IllegalStateException', message: 'no' } },
  ),
);

const { steps } = fc.letrec<{ steps: readonly FlowItem[]; step: FlowItem }>((tie) => {
  const inner = tie('steps');
  return {
    steps: fc.array(tie('step'), { minLength: 1, maxLength: 3 }),
    step: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 6, arbitrary: simpleStep },
      {
        weight: 1,
        arbitrary: fc.tuple(condition, inner, inner).map(([when, then, otherwise]) => ({
          choice: { when: [{ simple: when, steps: then }], otherwise: { steps: otherwise } },
        })),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(condition, inner).map(([when, then]) => ({ filter: { simple: when, steps: then } })),
      },
      { weight: 1, arbitrary: inner.map((each) => ({ split: { simple: '${body}', steps: each } })) },
      { weight: 1, arbitrary: inner.map((each) => ({ multicast: { steps: each } })) },
      {
        weight: 1,
        arbitrary: fc.tuple(inner, inner).map(([tried, caught]) => ({
          doTry: { steps: tried, doCatch: [{ exception: ['java.lang.Exception'], steps: caught }] },
        })),
      },
    ),
  };
});

/** `index` keeps endpoints and ids of one flow apart. */
function from(index: number): fc.Arbitrary<FlowItem> {
  const start = fc.constantFrom<FlowItem>(
    { uri: `direct:start${index}` },
    { uri: `timer:tick${index}`, parameters: { period: '{{period}}', fixedRate: true } },
    { uri: `timer:tick${index}?period={{period}}` },
    { uri: `seda:{{name}}${index}` },
    { uri: `platform-http:/path${index}/{{name}}`, parameters: { httpMethodRestrict: 'POST' } },
    { uri: 'platform-http', parameters: { path: `/path${index}` } },
    { uri: `file:in${index}`, parameters: { antInclude: '*.csv' } },
    { uri: 'kafka:{{name}}', parameters: { brokers: 'localhost:1', groupId: `group${index}` } },
  );
  return fc.tuple(start, steps).map(([uri, each]) => ({ ...uri, steps: each }));
}

function routes(index: number): fc.Arbitrary<readonly FlowItem[]> {
  const id = fc.constantFrom(
    `r${index}`,
    `0${index}4`,
    `my route ${index}`,
    `{{name}}-${index}`,
    `1e${index}`,
    `ü${index}`,
  );
  const description = fc.option(fc.constantFrom('What it does', 'For {{nope}}', 'a # b'), { nil: undefined });
  const common = { description, autoStartup: fc.constantFrom(undefined, true, false) };
  return fc.oneof(
    { weight: 5, arbitrary: fc.record({ id, ...common, from: from(index) }).map((route) => [{ route }]) },
    { weight: 1, arbitrary: from(index).map((route) => [{ route: { from: route } }]) },
    { weight: 2, arbitrary: from(index).map((compact) => [{ from: compact }]) },
    { weight: 1, arbitrary: from(index).map((compact) => [{ from: { id: `from${index}`, ...compact } }]) },
    { weight: 1, arbitrary: steps.chain((each) => template(index, each)) },
    { weight: 2, arbitrary: steps.chain((each) => rest(index, each)) },
    { weight: 1, arbitrary: steps.chain((each) => sharedRest(index, each)) },
  );
}

/** A template in either form, and two uses of it; of two with one id Camel keeps one. */
function template(index: number, each: readonly FlowItem[]): fc.Arbitrary<readonly FlowItem[]> {
  const id = `template${index}`;
  const parameters = [{ name: 'where' }];
  const inner = { uri: 'direct:{{where}}', steps: [...each, { log: { id: `step${index}`, message: 'x' } }] };
  const bodies = fc.constantFrom<FlowItem>({ from: inner }, { route: { id: 'unused', from: inner } });
  const names = fc.constantFrom<FlowItem>(
    {},
    { routeId: `made${index}` },
    { prefixId: 'p' },
    { routeId: `${index}-{{name}}` },
  );
  const use = (name: FlowItem, where: string): FlowItem => ({
    templatedRoute: { routeTemplateRef: id, ...name, parameters: [{ name: 'where', value: where }] },
  });
  return fc
    .tuple(bodies, names)
    .map(([body, name]) => [
      { routeTemplate: { id, parameters, ...body } },
      use({ routeId: `made${index}` }, `one${index}`),
      use(name, `two${index}`),
    ]);
}

/** Ways to write one endpoint, and one that differs from it in an option. */
function behindRest(index: number): readonly (string | FlowItem)[] {
  const name = `rest${index}`;
  return [
    `direct:${name}`,
    { uri: `direct:${name}` },
    { uri: 'direct', parameters: { name } },
    { uri: `direct:${name}`, parameters: { block: false } },
  ];
}

/** Two operations: one that may lead to a route of the flow, and one that does not. */
function rest(index: number, each: readonly FlowItem[]): fc.Arbitrary<readonly FlowItem[]> {
  const endpoints = fc.constantFrom(...behindRest(index));
  const names = fc.constantFrom<FlowItem>(
    { id: `get${index}` },
    { id: `get${index}`, routeId: `got${index}` },
    { id: `behind${index}` },
    { id: `get${index}`, disabled: true },
    {},
  );
  const whole = fc.constantFrom<FlowItem>({}, {}, {}, { disabled: '{{on}}' });
  return fc.record({ to: endpoints, at: endpoints, names, whole, isFirst: fc.boolean() }).map((made) => {
    const operations = {
      path: `/rest${index}`,
      ...made.whole,
      get: [{ ...made.names, path: '/{id}', to: made.to }],
      post: [{ path: '/new', to: { uri: 'log:posted' } }],
    };
    const endpoint = typeof made.at === 'string' ? { uri: made.at } : made.at;
    const route = { id: `behind${index}`, from: { ...endpoint, steps: each } };
    return made.isFirst ? [{ rest: operations }, { route }] : [{ route }, { rest: operations }];
  });
}

/** Forms of `rest` in which something is there twice: by an alias, or as the route that two of them lead to. */
function sharedRest(index: number, each: readonly FlowItem[]): fc.Arbitrary<readonly FlowItem[]> {
  const path = `/shared${index}`;
  const parameters = keptAsOne({ name: `shared${index}` });
  const behind: FlowItem = { from: { uri: 'direct', parameters, steps: each } };
  const named = (verb: string, more: object): FlowItem => ({
    rest: { path: `${path}/${verb}`, [verb]: [{ ...more, to: { uri: 'direct', parameters } }] },
  });
  const one = keptAsOne({ path: '/one', id: `one${index}`, to: 'log:one' });
  const all = keptAsOne({ path, get: [one], head: keptAsOne([{ path: '/all', to: 'log:all' }]) });
  const document = { specification: 'nobody-reads.json', disabled: true };
  return fc.constantFrom<readonly FlowItem[]>(
    [named('get', { id: `get${index}` }), behind],
    [named('get', { id: `get${index}` }), behind, named('put', { routeId: `put${index}` })],
    [{ rest: { path, get: [one], put: [one] } }],
    [{ rest: all }, { rest: all }],
    [{ rest: { openApi: document } }, behind],
    [{ rest: { path, openApi: document, get: [one] } }],
  );
}

const ones = new WeakSet<object>();

/** Written once, and as an alias wherever else it stands. */
function keptAsOne<Value extends object>(value: Value): Value {
  ones.add(value);
  return value;
}

const first: fc.Arbitrary<FlowItem> = fc.oneof(
  steps.map((each) => ({
    onException: { exception: ['java.lang.Exception'], handled: { constant: 'true' }, steps: each },
  })),
  steps.map((each) => ({ intercept: { steps: each } })),
  steps.map((each) => ({ onCompletion: { steps: each } })),
  fc.constantFrom<FlowItem>(
    { errorHandler: { deadLetterChannel: { deadLetterUri: 'log:dead' } } },
    { beans: [{ name: 'settings', type: 'java.util.HashMap', properties: { size: '{{period}}' } }] },
    { restConfiguration: { contextPath: '/base', inlineRoutes: false } },
    { restConfiguration: { inlineRoutes: '{{off}}' } },
    { restConfiguration: { 'inline-routes': 'FALSE' } },
    { restConfiguration: { component: 'platform-http' } },
    { restConfiguration: { apiContextPath: '/docs' } },
    { restConfiguration: { 'api-context-path': 'docs', apiContextRouteId: 'docs-{{name}}' } },
    { routeConfiguration: { id: 'c', onException: [{ onException: { exception: ['java.lang.Exception'] } }] } },
  ),
);

const items: fc.Arbitrary<readonly FlowItem[]> = fc
  .tuple(fc.array(first, { maxLength: 1 }), fc.integer({ min: 1, max: 3 }))
  .chain(([before, count]) =>
    fc
      .tuple(...Array.from({ length: count }, (_, index) => routes(index)))
      .map((each) => copied([...before, ...each.flat()], new Map()) as readonly FlowItem[]),
  );

/** Copies, so that nothing is an alias by accident. */
function copied(value: unknown, copies: Map<unknown, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  const copy = Array.isArray(value)
    ? value.map((each) => copied(each, copies))
    : Object.fromEntries(
        Object.entries(value).flatMap(([key, each]) => (each === undefined ? [] : [[key, copied(each, copies)]])),
      );
  if (ones.has(value)) copies.set(value, copy);
  return copy;
}

const style: fc.Arbitrary<ToStringOptions> = fc.record({
  indent: fc.constantFrom(2, 4),
  indentSeq: fc.boolean(),
  collectionStyle: fc.constantFrom('any', 'any', 'any', 'block', 'flow'),
  defaultStringType: fc.constantFrom('PLAIN', 'PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
  lineWidth: fc.constantFrom(0, 40, 80),
});

/** What surrounds a flow, and how its lines end. */
const dress = fc.constantFrom<(yaml: string) => string>(
  (yaml) => yaml,
  (yaml) => yaml,
  (yaml) => `# {{nope}} and a "comment\n${yaml}`,
  (yaml) => `---\n${yaml}...\n`,
  (yaml) => `%YAML 1.2\n---\n${yaml}`,
  (yaml) => `\uFEFF${yaml}`,
  (yaml) => yaml.replaceAll('\n', '\r\n'),
  (yaml) => yaml.replaceAll('\n', '\r'),
  (yaml) => yaml.replaceAll(':\n', ': # why\n'),
);

const flows: fc.Arbitrary<GeneratedFlow> = fc
  .tuple(items, style, dress)
  .map(([each, options, dressed]) => ({ items: each, yaml: dressed(stringify(each, options)) }));

/** Different flows, the same ones for the same seed. */
export function generatedFlows(count: number, seed: number): readonly GeneratedFlow[] {
  const found = new Map<string, GeneratedFlow>();
  for (let round = 0; found.size < count; round++) {
    for (const flow of fc.sample(flows, { numRuns: count, seed: seed + round })) found.set(flow.yaml, flow);
  }
  return [...found.values()].slice(0, count);
}
