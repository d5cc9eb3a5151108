import {
  and,
  behind,
  type Breakage,
  idOf,
  indentedTooLittle,
  line,
  log,
  named,
  oneOf,
  operation,
  plainValue,
  step,
  written,
} from './breakFlow';
import type { FlowItem } from './generatedFlows';

const tab = /found character '\\t\(TAB\)' that cannot start any token/;
const plainTab = /no tab between keys, values and comments/;
const noTextKey = /Non scalar key is detected/;
const isShared = /Two routes or steps of this flow have the id `(shared|named)`/;
const camelShared = /Duplicate id detected: (shared|named)\. Please/;

const inYaml: readonly Breakage[] = [
  { name: 'a tab for indentation', here: /A tab cannot indent YAML/, camel: tab, broken: line(/^ +(?=\w+:)/, '\t') },
  { name: 'a tab behind a colon', here: plainTab, camel: tab, broken: line(/^( *(?:- )?\w+:) /, '$1\t') },
  { name: 'a tab on an empty line', here: plainTab, camel: tab, broken: line(/^( *(?:- )?\w+:)$/, '$1\n\t') },
  {
    name: 'a quote that is never closed',
    here: /no closing `'`/,
    // It ends at the next quote, wherever that is.
    camel: /expected <block end>, but found|A simple key is required|while scanning a quoted scalar/,
    broken: line(/^( *(?:- )?\w+: )(?=\w+$)/, "$1'"),
  },
  {
    name: 'a bracket that is never closed',
    here: /This `\[` is not closed/,
    camel: /while parsing a flow sequence[^]*expected ',' or ']'/,
    broken: line(plainValue, '$1[x'),
  },
  {
    name: 'a placeholder without quotes',
    here: /`\{\{name}}` without quotes as a map/,
    camel: noTextKey,
    broken: line(plainValue, '$1{{name}}'),
  },
  {
    name: 'an alias without an anchor',
    here: /No anchor `&nothing`/,
    camel: /found undefined alias nothing/,
    broken: line(plainValue, '$1*nothing'),
  },
  {
    name: 'a character that begins no text',
    here: /A text that begins with `@` needs quotes/,
    camel: /found character '@' that cannot start any token/,
    broken: line(plainValue, '$1@x'),
  },
  {
    name: 'an escape that YAML does not have',
    here: /no such escape between double quotes/,
    camel: /found unknown escape character \{/,
    broken: line(plainValue, '$1"\\{{x"'),
  },
  {
    name: 'a control character',
    here: /a character that YAML does not allow \(U\+0007\)/,
    camel: /special characters are not allowed/,
    broken: line(plainValue, '$1x\u0007'),
  },
  {
    name: 'a key that is indented too little',
    here: /indented unlike those that it belongs to/,
    camel: /while parsing a block mapping[^]*expected <block end>/,
    broken: indentedTooLittle,
  },
  {
    name: 'a second document',
    here: /several YAML documents/,
    camel: /expected a single document/,
    broken: behind('---\n- from: direct:second\n'),
  },
  {
    name: 'a key that is no text',
    here: /a map whose key is no plain text/,
    camel: noTextKey,
    broken: behind('- ? [beans]\n  : []\n'),
  },
  {
    name: 'more than 50 aliases',
    here: /no more than 50 aliases/,
    camel: /Number of aliases for non-scalar nodes exceeds the specified max=50/,
    broken: behind(
      `- from:\n    uri: direct:many\n    steps:\n      - &s\n        log: x\n${'      - *s\n'.repeat(51)}`,
    ),
  },
  {
    name: 'nothing but a comment',
    here: /This file is empty/,
    camel: /Unable to parse resource/,
    broken: ({ yaml }) => `# ${yaml.replaceAll(/\r?\n|\r/g, '\n# ')}`,
  },
];

const inItems: readonly Breakage[] = [
  {
    name: 'an item of two keys',
    here: /exactly one key.* This one has 2/,
    camel: /should have only have 1 key, was: 2 keys/,
    broken: behind('  beans: []\n'),
  },
  {
    name: 'an item that is a text',
    here: /exactly one key/,
    camel: /Unable to find constructor for node/,
    broken: behind('- hello\n'),
  },
  {
    name: 'an item without content',
    here: /exactly one key/,
    camel: /Unable to find constructor for node/,
    broken: behind('-\n'),
  },
  {
    name: 'a route that is a text',
    here: /`route` needs a map/,
    // All that it says.
    camel: /^UnsupportedOperationException$/,
    broken: and({ route: 'direct:broken' }),
  },
  {
    name: 'a route that is a list',
    here: /`route` needs a map/,
    camel: /Unsupported type: SEQUENCE/,
    broken: and({ route: [log] }),
  },
  {
    name: 'a route without content',
    here: /`route` is empty/,
    camel: /FromDefinition\.getLabel\(\)" because "this\.input" is null/,
    broken: and({ route: {} }),
  },
  {
    name: 'an exception clause behind a route',
    here: /Camel refuses `onException` behind a route/,
    camel: /onException must be defined before any routes/,
    broken: and(
      { from: { uri: 'direct:before', steps: [log] } },
      { onException: { exception: ['java.lang.Exception'], steps: [log] } },
    ),
  },
  {
    name: 'one operation of a `rest` twice',
    here: /This `rest` has `get \/same` twice/,
    camel: /Duplicate verb detected in rest-dsl: get:\/same/,
    broken: and({ rest: { path: '/b', get: [operation('log:a'), operation('log:b')] } }),
  },
  {
    name: 'two operations of a `rest` that lead to one route',
    here: /Two operations of this `rest` lead to `direct:b`/,
    camel: /Duplicate to in rest-dsl: direct:b/,
    broken: and(
      { restConfiguration: { inlineRoutes: true } },
      { rest: { path: '/b', get: [operation('direct:b')], put: [operation('direct:b')] } },
    ),
  },
];

const shared = (uri: string): FlowItem => ({ route: { id: 'shared', from: { uri, steps: [log] } } });
const rest = (verb: string, to: unknown, more: object = {}): FlowItem => ({
  rest: { path: '/shared', [verb]: [{ path: `/${verb}`, ...more, to }] },
});
const template = (...steps: readonly FlowItem[]): FlowItem => ({
  routeTemplate: { id: 'shared', from: { uri: 'direct:template', steps } },
});
const use = (more: object): FlowItem => ({ templatedRoute: { routeTemplateRef: 'shared', ...more } });
const inlining: FlowItem = { restConfiguration: { inlineRoutes: true } };

/** Ids that are there twice. */
const inIds: readonly Breakage[] = [
  {
    name: 'one route id twice',
    here: /Two routes or steps of this flow have the id/,
    camel: /Duplicate id detected: .*\. Please/,
    broken: ({ items }) => {
      const id = idOf(items);
      const again = { route: { id, from: { uri: 'direct:again', steps: [log] } } };
      return id === undefined ? undefined : written([...items, again]);
    },
  },
  {
    name: 'one step id twice',
    here: isShared,
    camel: camelShared,
    broken: step({ choice: { when: [{ constant: 'x', steps: [named] }], otherwise: { steps: [named] } } }),
  },
  {
    name: 'a step id twice in a template that a route uses',
    here: isShared,
    camel: camelShared,
    broken: oneOf(and(template(named, named), use({})), and(template(named), use({ routeId: 'named' }))),
  },
  {
    name: 'an id that an alias repeats',
    here: isShared,
    camel: camelShared,
    broken: oneOf(
      behind(
        '- from:\n    uri: direct:alias\n    steps:\n      - multicast:\n          steps: &s\n            - log: { id: named, message: x }\n      - multicast:\n          steps: *s\n',
      ),
      behind(
        '- rest:\n    path: /shared\n    get:\n      - &o { path: /x, routeId: named, to: log:x }\n    put:\n      - *o\n',
      ),
      behind('- route: &r { id: named, from: { uri: direct:alias, steps: [log: x] } }\n- route: *r\n'),
    ),
  },
  {
    name: 'a `routeId` that another operation of a `rest` has',
    here: isShared,
    camel: camelShared,
    broken: and(rest('get', 'log:a', { routeId: 'shared' }), rest('put', 'log:b', { routeId: 'shared' })),
  },
  {
    name: 'a `routeId` of a `rest` that a route has',
    here: isShared,
    camel: camelShared,
    broken: and(rest('get', 'log:a', { routeId: 'shared' }), shared('direct:shared')),
  },
  {
    name: 'an id of a `rest` operation that a step has',
    here: isShared,
    camel: camelShared,
    broken: oneOf(
      and(rest('get', 'log:b', { routeId: 'named' }), { from: { uri: 'direct:named', steps: [named] } }),
      and(rest('get', 'log:b', { id: 'named' }), { from: { uri: 'direct:named', steps: [named] } }),
      and(rest('get', { uri: 'log:b', id: 'named' }), { from: { uri: 'direct:named', steps: [named] } }),
    ),
  },
  {
    name: 'two `rest`s that lead to one route with an id',
    here: /Another `rest` leads to `direct:shared`, too.* the id `(shared|named)`/,
    camel: camelShared,
    broken: oneOf(
      and(inlining, rest('get', 'direct:shared'), rest('put', 'direct:shared'), shared('direct:shared')),
      and(inlining, rest('get', 'direct:shared', { id: 'a' }), rest('put', 'direct:shared', { routeId: 'b' }), {
        from: { uri: 'direct:shared', steps: [named] },
      }),
    ),
  },
  {
    name: 'an `apiContextRouteId` that a route has',
    here: isShared,
    camel: camelShared,
    broken: and(
      { restConfiguration: { apiContextPath: 'docs', apiContextRouteId: 'shared' } },
      shared('direct:shared'),
    ),
  },
  {
    name: 'ids that placeholders make the same',
    here: /Two routes or steps of this flow have the id `orders`/,
    camel: /Duplicate id detected: orders\. Please/,
    broken: and(
      { route: { id: 'orders', from: { uri: 'direct:orders', steps: [log] } } },
      { route: { id: '{{name}}', from: { uri: 'direct:named', steps: [log] } } },
    ),
  },
];

/** What both refuse. */
export const sharedBreakages: readonly Breakage[] = [...inYaml, ...inItems, ...inIds];
