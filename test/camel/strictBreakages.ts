import { and, behind, type Breakage, from, line, log, written } from './breakFlow';
import type { FlowItem } from './generatedFlows';

const pipe = (choice: number): string => `apiVersion: camel.apache.org/v1
kind: Pipe
metadata:
  name: p${choice}
spec:
  source: { uri: "timer:x" }
  sink: { uri: "log:x" }
`;
const noList = /A flow is a YAML list of routes/;
const marginQuote = /no closing `"`, or a line of it is indented too little/;

const templated = (id: string, where: string): FlowItem => ({
  templatedRoute: { routeTemplateRef: 'twins', routeId: id, parameters: [{ name: 'where', value: where }] },
});

/** What the management API refuses and Camel's loader takes. */
const byApi: readonly Breakage[] = [
  {
    name: 'a path under `/_api`',
    here: /Paths under `\/_api` belong to the runtime/,
    api: /a path under \/_api/,
    broken: from('platform-http:/_api/mine'),
  },
  {
    name: 'no list',
    here: noList,
    api: noList,
    broken: ({ items }) => written(items.slice(0, 1)).replace(/^- /, '  '),
  },
  {
    name: 'no route',
    here: /This flow has no route/,
    api: /The flow has no route/,
    broken: (_, choice) => `- beans: []\n`.repeat(choice + 1),
  },
  { name: 'a Pipe', here: noList, api: noList, broken: (_, choice) => pipe(choice) },
  {
    name: 'an id that placeholders of a templated route make again',
    here: /Two routes or steps of this flow have the id `orders`/,
    api: /Two routes of the flow have the id "orders"/,
    broken: and(
      {
        routeTemplate: {
          id: 'twins',
          parameters: [{ name: 'where' }],
          from: { uri: 'direct:{{where}}', steps: [log] },
        },
      },
      templated('orders', 'one'),
      templated('{{name}}', 'two'),
    ),
  },
];

const steps = (depth: number): string => '{ pipeline: { steps: ['.repeat(depth) + '{ log: x }' + ']}}'.repeat(depth);

/** What the local runtime alone refuses. */
const byUs: readonly Breakage[] = [
  {
    name: 'a key twice',
    here: /`uri` stands twice in one map/,
    broken: line(/^( +)uri: (.*)$/, '$1uri: log:first\n$1uri: $2'),
  },
  {
    name: 'a quoted text that goes on at the margin',
    here: marginQuote,
    broken: behind('- from:\n    uri: direct:margin\n    steps:\n      - log: "one\ntwo"\n'),
  },
  {
    name: 'brackets that close at the margin',
    here: /This `\[` is not closed: its `\]` is missing, or a line before that is indented too little/,
    broken: behind('- from: {uri: "direct:margin", steps: [\n{log: x}\n]}\n'),
  },
  {
    name: 'a quoted text that goes on behind a tab',
    here: marginQuote,
    broken: behind('- from:\n    uri: direct:margin\n    steps:\n      - log: "one\n\ttwo"\n'),
  },
  {
    name: 'a comment right behind a quote',
    here: /Comments must be separated from other tokens/,
    broken: behind('- from:\n    uri: direct:margin\n    steps:\n      - log: "x"#b\n'),
  },
  {
    name: 'two byte order marks',
    here: /This is not expected here/,
    broken: ({ items }) => `\uFEFF\uFEFF${written(items)}`,
  },
  {
    name: 'more than 200 levels',
    here: /nests deeper than 200 levels/,
    broken: behind(`- from: { uri: direct:deep, steps: [${steps(90)}] }\n`),
  },
];

/** What only we refuse: both runtimes in front of Camel, or the local one alone. */
export const strictBreakages: readonly Breakage[] = [...byApi, ...byUs];
