import { stringify } from 'yaml';
import { type FlowItem, type GeneratedFlow, generatedFlows } from './generatedFlows';

/**
 * Who refuses a flow that is broken so: `both`; `camel` alone, because it takes Camel's own model and components to know;
 * `api`: Camel's loader takes it, and the management API does not; `here`: we are stricter than Camel.
 */
export type RefusedBy = 'both' | 'camel' | 'api' | 'here';

/** A way to break a flow in one place. */
interface Breakage {
  readonly name: string;
  readonly refusedBy: RefusedBy;
  /** Undefined where the flow has no such place. `choice` chooses among several. */
  readonly broken: (flow: GeneratedFlow, choice: number) => string | undefined;
}

export interface BrokenFlow {
  readonly name: string;
  readonly refusedBy: RefusedBy;
  readonly yaml: string;
}

const log: FlowItem = { log: 'x' };
const named: FlowItem = { log: { id: 'named', message: 'x' } };

function operation(to: string): FlowItem {
  return { path: '/same', to };
}

/** One line that fits the pattern, with something else in its place. */
function line(pattern: RegExp, replacement: string): Breakage['broken'] {
  return ({ items }, choice) => {
    const lines = written(items).split('\n');
    const fitting = lines.flatMap((each, index) => (pattern.test(each) ? [index] : []));
    const index = fitting[choice % fitting.length];
    if (index === undefined) return undefined;
    return lines.map((each, at) => (at === index ? each.replace(pattern, replacement) : each)).join('\n');
  };
}

/** A value that stands on the line of its key. */
const plainValue = /^( *(?:- )?\w+: )\w.*$/;

function behind(text: string): Breakage['broken'] {
  return ({ items }) => written(items) + text;
}

function directive(text: string): Breakage['broken'] {
  return ({ items }) => `${text}\n---\n${written(items)}`;
}

function and(...more: readonly FlowItem[]): Breakage['broken'] {
  return ({ items }) => written([...items, ...more]);
}

/** A route beside the others; `change` breaks it. */
function route(change: FlowItem): Breakage['broken'] {
  return and({ route: { id: 'broken', from: { uri: 'direct:broken', steps: [log] }, ...change } });
}

function step(broken: unknown): Breakage['broken'] {
  return route({ from: { uri: 'direct:broken', steps: [log, broken] } });
}

function from(uri: string): Breakage['broken'] {
  return route({ from: { uri, steps: [log] } });
}

/** As a person would write it. */
function written(items: readonly FlowItem[]): string {
  return stringify(items, { lineWidth: 0 });
}

function idOf(items: readonly FlowItem[]): string | undefined {
  const ids = items.flatMap(({ route: each }) => (each as { readonly id?: string } | undefined)?.id ?? []);
  return ids[0];
}

/** A key that does not stand where the others of its map do. */
function indentedTooLittle({ items }: GeneratedFlow, choice: number): string | undefined {
  const lines = written(items).split('\n');
  const fitting = lines.flatMap((each, index) => {
    const indent = /^ +(?=\w+: \S)/.exec(each)?.[0];
    const before = /^ +(?=\w+:)/.exec(lines[index - 1] ?? '')?.[0];
    return indent !== undefined && indent === before ? [index] : [];
  });
  const index = fitting[choice % fitting.length];
  return index === undefined ? undefined : lines.map((each, at) => (at === index ? each.slice(1) : each)).join('\n');
}

const pipe = (choice: number): string => `apiVersion: camel.apache.org/v1
kind: Pipe
metadata:
  name: p${choice}
spec:
  source: { uri: "timer:x" }
  sink: { uri: "log:x" }
`;

const breakages: readonly Breakage[] = [
  { name: 'a tab for indentation', refusedBy: 'both', broken: line(/^ +(?=\w+:)/, '\t') },
  { name: 'a tab behind a colon', refusedBy: 'both', broken: line(/^( *(?:- )?\w+:) /, '$1\t') },
  { name: 'a tab on an empty line', refusedBy: 'both', broken: line(/^( *(?:- )?\w+:)$/, '$1\n\t') },
  { name: 'a quote that is never closed', refusedBy: 'both', broken: line(/^( *(?:- )?\w+: )(?=\w+$)/, "$1'") },
  { name: 'a bracket that is never closed', refusedBy: 'both', broken: line(plainValue, '$1[x') },
  { name: 'a placeholder without quotes', refusedBy: 'both', broken: line(plainValue, '$1{{name}}') },
  { name: 'an alias without an anchor', refusedBy: 'both', broken: line(plainValue, '$1*nothing') },
  { name: 'a character that begins no text', refusedBy: 'both', broken: line(plainValue, '$1@x') },
  { name: 'an escape that YAML does not have', refusedBy: 'both', broken: line(plainValue, '$1"\\{{x"') },
  { name: 'a control character', refusedBy: 'both', broken: line(plainValue, '$1x\u0007') },
  { name: 'a key that is indented too little', refusedBy: 'both', broken: indentedTooLittle },
  { name: 'a second document', refusedBy: 'both', broken: behind('---\n- from: direct:second\n') },
  { name: 'an item of two keys', refusedBy: 'both', broken: behind('  beans: []\n') },
  { name: 'an item that is a text', refusedBy: 'both', broken: behind('- hello\n') },
  { name: 'an item without content', refusedBy: 'both', broken: behind('-\n') },
  { name: 'a key that is no text', refusedBy: 'both', broken: behind('- ? [beans]\n  : []\n') },
  {
    name: 'nothing but a comment',
    refusedBy: 'both',
    broken: ({ yaml }) => `# ${yaml.replaceAll(/\r?\n|\r/g, '\n# ')}`,
  },
  { name: 'a route that is a text', refusedBy: 'both', broken: and({ route: 'direct:broken' }) },
  { name: 'a route that is a list', refusedBy: 'both', broken: and({ route: [log] }) },
  { name: 'a route without content', refusedBy: 'both', broken: and({ route: {} }) },
  {
    name: 'one route id twice',
    refusedBy: 'both',
    broken: ({ items }) => {
      const id = idOf(items);
      const again = { route: { id, from: { uri: 'direct:again', steps: [log] } } };
      return id === undefined ? undefined : written([...items, again]);
    },
  },
  {
    name: 'an exception clause behind a route',
    refusedBy: 'both',
    broken: and(
      { from: { uri: 'direct:before', steps: [log] } },
      { onException: { exception: ['java.lang.Exception'], steps: [log] } },
    ),
  },

  {
    name: 'one step id twice',
    refusedBy: 'both',
    broken: step({ choice: { when: [{ constant: 'x', steps: [named] }], otherwise: { steps: [named] } } }),
  },
  {
    name: 'one operation of a `rest` twice',
    refusedBy: 'both',
    broken: and({ rest: { path: '/b', get: [operation('log:a'), operation('log:b')] } }),
  },
  {
    name: 'two operations of a `rest` that lead to one route',
    refusedBy: 'both',
    broken: and(
      { restConfiguration: { inlineRoutes: true } },
      { rest: { path: '/b', get: [operation('direct:b')], put: [operation('direct:b')] } },
    ),
  },
  {
    name: 'more than 50 aliases',
    refusedBy: 'both',
    broken: behind(
      `- from:\n    uri: direct:many\n    steps:\n      - &s\n        log: x\n${'      - *s\n'.repeat(51)}`,
    ),
  },

  { name: 'a path under `/_api`', refusedBy: 'api', broken: from('platform-http:/_api/mine') },
  { name: 'no list', refusedBy: 'api', broken: ({ items }) => written(items.slice(0, 1)).replace(/^- /, '  ') },
  { name: 'no route', refusedBy: 'api', broken: (_, choice) => `- beans: []\n`.repeat(choice + 1) },
  { name: 'a Pipe', refusedBy: 'api', broken: (_, choice) => pipe(choice) },

  { name: 'a key twice', refusedBy: 'here', broken: line(/^( +)uri: (.*)$/, '$1uri: log:first\n$1uri: $2') },
  {
    name: 'a quoted text that goes on at the margin',
    refusedBy: 'here',
    broken: behind('- from:\n    uri: direct:margin\n    steps:\n      - log: "one\ntwo"\n'),
  },

  {
    name: 'brackets that close at the margin',
    refusedBy: 'here',
    broken: behind('- from: {uri: "direct:margin", steps: [\n{log: x}\n]}\n'),
  },
  {
    name: 'a quoted text that goes on behind a tab',
    refusedBy: 'here',
    broken: behind('- from:\n    uri: direct:margin\n    steps:\n      - log: "one\n\ttwo"\n'),
  },
  {
    name: 'a comment right behind a quote',
    refusedBy: 'here',
    broken: behind('- from:\n    uri: direct:margin\n    steps:\n      - log: "x"#b\n'),
  },
  { name: 'two byte order marks', refusedBy: 'here', broken: ({ items }) => `\uFEFF\uFEFF${written(items)}` },

  { name: 'an unknown root', refusedBy: 'camel', broken: and({ rout: {} }) },
  {
    name: 'the root `sslContextParameters`',
    refusedBy: 'camel',
    broken: and({ sslContextParameters: { id: 'ssl' } }),
  },
  { name: 'an unknown step', refusedBy: 'camel', broken: step({ lgo: 'x' }) },
  { name: 'a step that is a text', refusedBy: 'camel', broken: step('stop') },
  { name: 'a step of two keys', refusedBy: 'camel', broken: step({ log: 'x', setBody: { constant: 'x' } }) },
  { name: 'an unknown field', refusedBy: 'camel', broken: route({ nope: 1 }) },
  { name: 'steps beside `from`', refusedBy: 'camel', broken: route({ steps: [log] }) },
  { name: 'no steps', refusedBy: 'camel', broken: route({ from: { uri: 'direct:broken' } }) },
  { name: 'no `from`', refusedBy: 'camel', broken: and({ route: { id: 'broken' } }) },
  { name: 'no `uri`', refusedBy: 'camel', broken: route({ from: { steps: [log] } }) },
  { name: 'an unknown component', refusedBy: 'camel', broken: from('nope:x') },
  { name: 'an unknown option', refusedBy: 'camel', broken: from('timer:x?nope=1') },
  { name: 'an option of another kind', refusedBy: 'camel', broken: from('timer:x?fixedRate=maybe') },
  { name: 'a placeholder that nothing answers', refusedBy: 'camel', broken: from('direct:{{nope}}') },
  { name: 'a placeholder that never ends', refusedBy: 'camel', broken: step({ log: 'x {{y' }) },
  { name: 'a placeholder half escaped', refusedBy: 'camel', broken: step({ log: '\\{{x}}' }) },
  { name: 'a placeholder in a key', refusedBy: 'camel', broken: route({ '{{name}}': 'x' }) },
  { name: 'an expression that does not parse', refusedBy: 'camel', broken: step({ setBody: { simple: '${body' } }) },
  {
    name: 'a constant of `Exchange` that is not there',
    refusedBy: 'camel',
    broken: step({ setHeader: { name: 'Exchange.NOPE', constant: 'x' } }),
  },
  { name: 'a bean of no class', refusedBy: 'camel', broken: and({ beans: [{ name: 'b', type: 'nope.Nope' }] }) },
  {
    name: 'a template that is not there',
    refusedBy: 'camel',
    broken: and({ templatedRoute: { routeTemplateRef: 'nope' } }),
  },
  {
    name: 'an operation of a `rest` that leads nowhere',
    refusedBy: 'camel',
    broken: and({ rest: { path: '/broken', get: [{ path: '/x' }] } }),
  },
  {
    name: 'an id of a `rest` operation that a step has',
    refusedBy: 'camel',
    broken: and(
      { rest: { path: '/b', get: [{ path: '/x', routeId: 'named', to: 'log:b' }] } },
      { from: { uri: 'direct:named', steps: [named] } },
    ),
  },
  { name: 'a merge key', refusedBy: 'camel', broken: step({ log: { '<<': { message: 'x' } } }) },
  { name: 'the directive %YAML twice', refusedBy: 'camel', broken: directive('%YAML 1.2\n%YAML 1.2') },
  { name: 'the directive %YAML 2.0', refusedBy: 'camel', broken: directive('%YAML 2.0') },
  {
    name: 'a key of more than 1,024 characters between braces',
    refusedBy: 'camel',
    broken: behind(`- from: {uri: "log:x", parameters: {${'k'.repeat(1100)}: 1}, steps: [{log: x}]}\n`),
  },
  {
    name: 'a plain text that goes on behind a tab',
    refusedBy: 'camel',
    broken: behind('- from:\n    uri: direct:tab\n    steps:\n      - log: one\n         \ttwo\n'),
  },
  {
    name: 'JSON with two tabs for indentation',
    refusedBy: 'camel',
    broken: ({ items }) => JSON.stringify([...items, { beans: [] }], undefined, '\t'),
  },
];

/** Flows that are broken in one place each, every way in turn; the same ones for the same seed. */
export function brokenFlows(count: number, seed: number): readonly BrokenFlow[] {
  const flows = generatedFlows(count, seed);
  const found: BrokenFlow[] = [];
  for (let choice = 0; found.length < count; choice++) {
    for (const { name, refusedBy, broken } of breakages) {
      const flow = flows[found.length % flows.length];
      const yaml = flow && broken(flow, choice);
      if (yaml !== undefined && found.length < count) found.push({ name, refusedBy, yaml });
    }
  }
  return found;
}

/** The ways to break a flow on which Camel's loader and the local runtime do not agree. */
export const namedDifferences: readonly string[] = breakages
  .filter(({ refusedBy }) => refusedBy !== 'both')
  .map(({ name }) => name);
