import { and, behind, type Breakage, directive, from, log, oneOf, route, step } from './breakFlow';

const noConstructor = /Unable to find constructor for node/;
const tab = /found character '\\t\(TAB\)' that cannot start any token/;

/** Fields, steps and kinds of values are of Camel's model. */
const inModel: readonly Breakage[] = [
  { name: 'an unknown root', camel: /Unknown node id: rout\n/, broken: and({ rout: {} }) },
  {
    name: 'the root `sslContextParameters`',
    camel: /Unknown node id: sslContextParameters/,
    broken: and({ sslContextParameters: { id: 'ssl' } }),
  },
  { name: 'an unknown step', camel: /Unknown node id: lgo\n/, broken: step({ lgo: 'x' }) },
  { name: 'a step that is a text', camel: noConstructor, broken: step('stop') },
  {
    name: 'a step of two keys',
    camel: /should have only have 1 key, was: 2 keys: \[log,setBody\]/,
    broken: step({ log: 'x', setBody: { constant: 'x' } }),
  },
  {
    name: 'an unknown field',
    camel: /Unsupported field: (nope|steps)\n/,
    broken: oneOf(
      route({ nope: 1 }),
      and({ rest: { path: '/b', steps: [{ get: { path: '/x' } }] } }),
      and({ rest: { path: '/b', get: [{ path: '/x', steps: [log] }] } }),
    ),
  },
  { name: 'steps beside `from`', camel: /Unsupported field: steps/, broken: route({ steps: [log] }) },
  {
    name: 'no steps',
    camel: /Route broken has no output processors/,
    broken: route({ from: { uri: 'direct:broken' } }),
  },
  { name: 'no `from`', camel: /"this\.input" is null/, broken: and({ route: { id: 'broken' } }) },
  { name: 'no `uri`', camel: /Uri is mandatory/, broken: route({ from: { steps: [log] } }) },
  {
    name: 'an expression that does not parse',
    camel: /expected symbol functionEnd but was eol/,
    broken: step({ setBody: { simple: '${body' } }),
  },
  {
    name: 'a constant of `Exchange` that is not there',
    camel: /Constant field with name: NOPE not found on Exchange/,
    broken: step({ setHeader: { name: 'Exchange.NOPE', constant: 'x' } }),
  },
  { name: 'a merge key', camel: /Unsupported field: <</, broken: step({ log: { '<<': { message: 'x' } } }) },
  {
    name: 'a switch that is neither true nor false',
    camel: /Error parsing \[(no|off|0)\] as a java\.lang\.Boolean/,
    broken: oneOf(
      and({ restConfiguration: { inlineRoutes: 'no' } }),
      and({ restConfiguration: { inlineRoutes: 0 } }),
      and({ rest: { path: '/b', get: [{ path: '/x', disabled: 'off', to: 'log:a' }] } }),
    ),
  },
  {
    name: 'a template that is not there',
    camel: /Cannot find RouteTemplate with id (nope|\{\{name}})/,
    broken: oneOf(
      and({ templatedRoute: { routeTemplateRef: 'nope' } }),
      // Camel looks for it as it is written.
      and(
        { routeTemplate: { id: 'orders', from: { uri: 'direct:template', steps: [log] } } },
        { templatedRoute: { routeTemplateRef: '{{name}}' } },
      ),
    ),
  },
  {
    name: 'parameters of a templated route that are no list',
    camel: /Node type map is invalid, expected array/,
    broken: and(
      { routeTemplate: { id: 'template', from: { uri: 'direct:template', steps: [log] } } },
      { templatedRoute: { routeTemplateRef: 'template', parameters: { where: 'x' } } },
    ),
  },
];

const inRest: readonly Breakage[] = [
  {
    name: 'an operation of a `rest` that leads nowhere',
    camel: /must have to endpoint configured/,
    broken: and({ rest: { path: '/broken', get: [{ path: '/x' }] } }),
  },
  {
    name: 'operations of a `rest` that are no list',
    camel: /Node type (map|key-value) is invalid, expected array/,
    broken: oneOf(
      and({ rest: { path: '/b', get: { path: '/x', to: 'log:a' } } }),
      and({ rest: { path: '/b', get: 'log:a' } }),
      behind('- rest:\n    path: /b\n    get:\n'),
    ),
  },
  {
    name: 'an operation of a `rest` that is a text',
    camel: /^UnsupportedOperationException$/,
    broken: oneOf(and({ rest: { path: '/b', get: ['log:a'] } }), and({ rest: { openApi: 'petstore.json' } })),
  },
  {
    name: '`openApi` beside operations',
    camel: /Cannot have both code-first and contract-first in Rest DSL/,
    broken: and({ rest: { openApi: { specification: 'p.json' }, get: [{ path: '/x', to: 'log:a' }] } }),
  },
  {
    name: '`openApi`, where its component is missing',
    camel: /No endpoint could be found for: rest-openapi:/,
    broken: and({ rest: { openApi: { specification: 'p.json' } } }),
  },
  {
    name: 'an `apiContextPath` without text',
    camel: /Failed to resolve endpoint: rest-api: due to/,
    broken: and({ restConfiguration: { apiContextPath: '' } }),
  },
];

/** Components, classes and values are of the runtime. */
const installed: readonly Breakage[] = [
  { name: 'an unknown component', camel: /No endpoint could be found for: nope:/, broken: from('nope:x') },
  {
    name: 'an unknown option',
    camel: /1 parameters that couldn't be set on the endpoint/,
    broken: from('timer:x?nope=1'),
  },
  {
    name: 'an option of another kind',
    camel: /Error binding property \(fixedRate=maybe\)/,
    broken: from('timer:x?fixedRate=maybe'),
  },
  {
    name: 'an unknown language',
    camel: /Unknown node id: nope|No language could be found for: (jq|nope)/,
    broken: oneOf(
      step({ setBody: { jq: '.a' } }),
      step({ setBody: { language: { language: 'nope', expression: 'x' } } }),
    ),
  },
  {
    name: 'an unknown data format',
    camel: /Data format 'ocsf' could not be created/,
    broken: step({ marshal: { ocsf: {} } }),
  },
  {
    name: 'a circuit breaker',
    camel: /Cannot find camel-resilience4j/,
    broken: step({ circuitBreaker: { steps: [log] } }),
  },
  {
    name: 'a bean of no class',
    camel: /Error creating bean: b of type: #class:nope\.Nope/,
    broken: and({ beans: [{ name: 'b', type: 'nope.Nope' }] }),
  },
  {
    name: 'a bean that is not there',
    camel: /No bean could be found in the registry for: nope/,
    broken: oneOf(step({ bean: { ref: 'nope' } }), step({ policy: { ref: 'nope', steps: [log] } })),
  },
  {
    name: 'an exception of no class',
    camel: /Error parsing \[nope\.Nope\] as a java\.lang\.Class|nope\.Nope/,
    broken: step({ throwException: { exceptionType: 'nope.Nope', message: 'x' } }),
  },
  {
    name: 'a placeholder that nothing answers',
    camel: /Property with key \[(nope|where)\] not found/,
    broken: oneOf(
      from('direct:{{nope}}'),
      // That of a template is for its route alone, and not for the id of that.
      and(
        {
          routeTemplate: { id: 'template', parameters: [{ name: 'where' }], from: { uri: 'direct:t', steps: [log] } },
        },
        {
          templatedRoute: {
            routeTemplateRef: 'template',
            routeId: '{{where}}',
            parameters: [{ name: 'where', value: 'x' }],
          },
        },
      ),
    ),
  },
  {
    name: 'a placeholder that never ends',
    camel: /Property with key \[y\] not found in properties from text: x \{\{y}}/,
    broken: step({ log: 'x {{y' }),
  },
  { name: 'a placeholder half escaped', camel: /Missing \{\{ from the text/, broken: step({ log: '\\{{x}}' }) },
  { name: 'a placeholder in a key', camel: /Unsupported field: \{\{name}}/, broken: route({ '{{name}}': 'x' }) },
];

const inYaml: readonly Breakage[] = [
  {
    name: 'the directive %YAML twice',
    camel: /found duplicate YAML directive/,
    broken: directive('%YAML 1.2\n%YAML 1.2'),
  },
  { name: 'the directive %YAML 2.0', camel: /Version\{major=2, minor=0}/, broken: directive('%YAML 2.0') },
  {
    name: 'a key of more than 1,024 characters between braces',
    camel: /while parsing a flow mapping[^]*expected ',' or '}'/,
    broken: behind(`- from: {uri: "log:x", parameters: {${'k'.repeat(1100)}: 1}, steps: [{log: x}]}\n`),
  },
  {
    name: 'a plain text that goes on behind a tab',
    camel: tab,
    broken: behind('- from:\n    uri: direct:tab\n    steps:\n      - log: one\n         \ttwo\n'),
  },
  {
    name: 'JSON with two tabs for indentation',
    camel: tab,
    broken: ({ items }) => JSON.stringify([...items, { beans: [] }], undefined, '\t'),
  },
];

/** What Camel alone refuses. */
export const camelBreakages: readonly Breakage[] = [...inModel, ...inRest, ...installed, ...inYaml];
