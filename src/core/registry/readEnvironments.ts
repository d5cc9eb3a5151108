import { isMap, type ParsedNode } from 'yaml';
import { closestWord } from '../closestWord';
import { displayText } from '../displayText';
import { checkEnvironmentUrl } from './environmentUrl';
import { parameterLayer } from './parameterLayer';
import { chainText, findCycles, promotionOrder } from './promotionGraph';
import { environmentSchema, type EnvironmentEntry } from './registrySchema';
import type { RegistryText } from './registryText';
import type { Environment } from './types';

/** How long a request may take where the registry does not say. */
export const defaultTimeoutMs = 10_000;

/** An environment as written, before what it promotes to is judged. */
interface Written {
  readonly id: string;
  readonly key: ParsedNode;
  readonly node: ParsedNode;
  readonly input: Readonly<Record<string, unknown>>;
  readonly promotesTo?: string;
}

/**
 * The environments in promotion order. One without a usable URL is left out; any other field that is wrong falls back to
 * the safe side: protected, and not insecure. The schema has told those faults; those of URLs, promotion and the default
 * are told here.
 */
export function readEnvironments(reader: RegistryText, input: unknown): readonly Environment[] {
  const written = readWritten(reader, input);
  if (isRecord(input) && Object.keys(input).length === 0) {
    const key = reader.data.entry(reader.data.root, 'environments')?.key;
    reader.report('no-environments', 'There are no environments: add at least one, with a `url`.', key);
  }
  const promotion = judgePromotion(reader, written);
  const environments = written.flatMap((each) => {
    const environment = readEnvironment(reader, each);
    return environment ? [environment] : [];
  });
  const usable = new Set(environments.map(({ id }) => id));
  const defaultId = chooseDefault(reader, written, usable) ?? environments[0]?.id;
  const wired = environments.map((environment): Environment => {
    const { target, cycle } = promotion.get(environment.id) ?? {};
    return {
      ...environment,
      ...(target !== undefined && usable.has(target) && { promotesTo: target }),
      ...(cycle && { cycle }),
      isDefault: environment.id === defaultId,
    };
  });
  return promotionOrder(wired);
}

function readWritten(reader: RegistryText, input: unknown): readonly Written[] {
  const { data } = reader;
  const known = new Set<string>();
  return data.entries(data.entry(data.root, 'environments')?.value).flatMap(({ key, value }): readonly Written[] => {
    const id = key.source;
    const node = data.resolve(value);
    const fields = isRecord(input) ? input[id] : undefined;
    if (id === '' || known.has(id) || !isMap(node) || !isRecord(fields)) return [];
    known.add(id);
    const target = fields.promotesTo;
    return [
      { id, key, node, input: fields, ...(typeof target === 'string' && target !== '' && { promotesTo: target }) },
    ];
  });
}

function readEnvironment(reader: RegistryText, written: Written): Environment | undefined {
  const { id, key, node, input } = written;
  const { data, file, rangeOf } = reader;
  const allowInsecure = input.allowInsecure === true;
  const text = input.url;
  if (typeof text !== 'string' || text === '') return undefined;
  const { url, origin, problems } = checkEnvironmentUrl(text, allowInsecure);
  for (const { code, message } of problems) reader.report(code, message, data.entry(node, 'url')?.value ?? key);
  if (url === undefined || origin === undefined) return undefined;
  const field = fieldReader(input);
  const { caFile, certFile, keyFile } = field('tls') ?? {};
  return {
    id,
    label: displayText(field('name'), id),
    url,
    origin,
    isDefault: false,
    isProtected: mayBeProtected(input),
    allowInsecure,
    substitution: field('substitution') ?? 'runtime',
    parameters: parameterLayer(data, data.entry(node, 'parameters')?.value, file, rangeOf),
    tls: {
      ...(caFile !== undefined && { caFile }),
      ...(certFile !== undefined && { certFile }),
      ...(keyFile !== undefined && { keyFile }),
    },
    timeoutMs: field('timeoutMs') ?? defaultTimeoutMs,
    range: rangeOf(...keyRange(key)),
  };
}

const knownKeys = Object.keys(environmentSchema.shape);

/** Also by a key that is not known and probably means it: a slip of the pen must not let anybody into production unasked. */
function mayBeProtected(input: Written['input']): boolean {
  return Object.entries(input).some(([key, value]) => {
    const meant = knownKeys.includes(key) ? key : closestWord(key, knownKeys);
    return meant === 'protected' && value !== undefined && value !== false;
  });
}

function keyRange(key: ParsedNode): readonly [number, number] {
  return [key.range[0], key.range[1]];
}

type FieldReader = <K extends keyof EnvironmentEntry>(name: K) => EnvironmentEntry[K] | undefined;

/** Each field on its own, so that one that is wrong does not cost the others. */
function fieldReader(input: Readonly<Record<string, unknown>>): FieldReader {
  return (name) =>
    environmentSchema.shape[name].safeParse(input[name]).data as EnvironmentEntry[typeof name] | undefined;
}

interface Promotion {
  readonly target?: string;
  readonly cycle?: readonly string[];
}

interface Cycle {
  readonly chain: readonly string[];
  readonly message: string;
}

function judgePromotion(reader: RegistryText, written: readonly Written[]): ReadonlyMap<string, Promotion> {
  const ids = written.map(({ id }) => id);
  const known = new Set(ids);
  const cycleOf = new Map<string, Cycle>();
  for (const chain of findCycles(written)) {
    // One message for all of its members: a chain of thousands, told thousands of times, would not fit into memory.
    const message = `Promotion goes round in a circle: ${chainText(chain)}. One of these must not promote.`;
    for (const id of chain) cycleOf.set(id, { chain, message });
  }
  const promotion = new Map<string, Promotion>();
  for (const { id, node, promotesTo: target } of written) {
    if (target === undefined) continue;
    const cycle = cycleOf.get(id);
    const fault = promotionFault(id, target, ids, known, cycle);
    if (fault) reader.report(fault.code, fault.message, reader.data.entry(node, 'promotesTo')?.value);
    promotion.set(id, { ...(known.has(target) && target !== id && { target }), ...(cycle && { cycle: cycle.chain }) });
  }
  return promotion;
}

function promotionFault(
  id: string,
  target: string,
  ids: readonly string[],
  known: ReadonlySet<string>,
  cycle: Cycle | undefined,
): { readonly code: string; readonly message: string } | undefined {
  if (target === id) return { code: 'promotes-to-itself', message: `\`${id}\` promotes to itself.` };
  if (!known.has(target)) {
    const meant = closestWord(target, ids);
    const hint = meant === undefined || meant === id ? '' : ` Did you mean \`${meant}\`?`;
    const message = `\`${id}\` promotes to \`${target}\`, and there is no such environment.${hint}`;
    return { code: 'unknown-promotion-target', message };
  }
  return cycle && { code: 'promotion-cycle', message: cycle.message };
}

/** The first that can be used; each other one that is marked is told. */
function chooseDefault(
  reader: RegistryText,
  written: readonly Written[],
  usable: ReadonlySet<string>,
): string | undefined {
  const marked = written.filter(({ input }) => input.default === true);
  const chosen = marked.find(({ id }) => usable.has(id));
  const kept = chosen ?? marked[0];
  for (const { id, node, key } of marked.filter((each) => each !== kept)) {
    const message = `\`${kept?.id ?? ''}\` is the default already; \`${id}\` cannot be one, too.`;
    reader.report('two-defaults', message, reader.data.entry(node, 'default')?.key ?? key);
  }
  return chosen?.id;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
