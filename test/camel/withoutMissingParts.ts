import { isMap, isScalar, type Pair, parseDocument, Scalar, visit, type YAMLMap } from 'yaml';

/** Components of the test runtime (`test/camel-runtime/pom.xml`) that need nothing else in order to be loaded. */
const schemes: ReadonlySet<string> = new Set([
  'bean',
  'direct',
  'file',
  'http',
  'https',
  'log',
  'mock',
  'platform-http',
  'rest',
  'seda',
  'timer',
]);
const endpointKeys: ReadonlySet<unknown> = new Set(['uri', 'to', 'toD', 'from', 'deadLetterUri']);

/** Languages, data formats and beans that the test runtime does not have, and what takes their place. */
const others: ReadonlyMap<unknown, readonly [key: string, value: unknown]> = new Map([
  ['groovy', ['constant', 'x']],
  ['jq', ['constant', 'x']],
  ['xpath', ['constant', 'x']],
  ['ocsf', ['json', {}]],
  ['bean', ['log', 'x']],
]);
/** Steps around others that need something which is not there. */
const wrappers: ReadonlySet<unknown> = new Set(['circuitBreaker', 'policy']);
const ofWrappers: readonly string[] = ['ref', 'onFallback', 'resilience4jConfiguration'];
/** Classes that are not there. */
const classes: ReadonlyMap<unknown, string> = new Map([
  ['type', 'java.util.HashMap'],
  ['exceptionType', 'java.lang.Exception'],
]);

/** The flow with something that the test runtime has wherever it names a part that is missing there. */
export function withoutMissingParts(yaml: string): string {
  const document = parseDocument(yaml);
  visit(document, {
    Map: (_, map) => {
      for (const pair of [...map.items] as Pair<Scalar>[]) replaceEndpoint(pair, map);
      for (const pair of [...map.items] as Pair<Scalar>[]) replacePart(pair, map);
    },
  });
  return document.toString({ lineWidth: 0 });
}

function textOf({ value }: Pair<Scalar>): string | undefined {
  return isScalar(value) ? String(value.value) : undefined;
}

function replaceEndpoint(pair: Pair<Scalar>, map: YAMLMap): void {
  const { value: key } = pair.key;
  const text = textOf(pair);
  if (!endpointKeys.has(key) || text === undefined || schemes.has(text.split(/[:?]/, 1)[0] ?? '')) return;
  pair.value = new Scalar('seda:stand-in');
  // They are those of the endpoint that was there.
  if (key === 'uri') map.delete('parameters');
}

function replacePart(pair: Pair<Scalar>, map: YAMLMap): void {
  const { value: key } = pair.key;
  const other = others.get(key);
  if (other) {
    pair.key = new Scalar(other[0]);
    pair.value = other[1];
  }
  if (wrappers.has(key) && isMap(pair.value)) {
    pair.key = new Scalar('pipeline');
    for (const name of ofWrappers) pair.value.delete(name);
  }
  const standIn = classes.get(key);
  if (standIn !== undefined && /^org\.apache\.camel\.(component|edi)\./.test(textOf(pair) ?? '')) {
    pair.value = new Scalar(standIn);
    map.delete('properties');
  }
}
