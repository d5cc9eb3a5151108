import { stringify } from 'yaml';
import type { FlowItem, GeneratedFlow } from './generatedFlows';

/** A way to break a flow in one place, and why it is refused then. What refuses it for another reason is a difference, too. */
export interface Breakage {
  readonly name: string;
  /** What the local runtime says, which takes the flow where this is absent. */
  readonly here?: RegExp;
  /** What Camel's loader says, which takes the flow where this is absent. */
  readonly camel?: RegExp;
  /** What the management API in front of Camel says where the loader takes the flow. */
  readonly api?: RegExp;
  /** Undefined where the flow has no such place. `choice` chooses among several. */
  readonly broken: Break;
}

export type Break = (flow: GeneratedFlow, choice: number) => string | undefined;

export const log: FlowItem = { log: 'x' };
export const named: FlowItem = { log: { id: 'named', message: 'x' } };

export function operation(to: string): FlowItem {
  return { path: '/same', to };
}

/** One line that fits the pattern, with something else in its place. */
export function line(pattern: RegExp, replacement: string): Break {
  return ({ items }, choice) => {
    const lines = written(items).split('\n');
    const fitting = lines.flatMap((each, index) => (pattern.test(each) ? [index] : []));
    const index = fitting[choice % fitting.length];
    if (index === undefined) return undefined;
    return lines.map((each, at) => (at === index ? each.replace(pattern, replacement) : each)).join('\n');
  };
}

/** A value that stands on the line of its key. */
export const plainValue = /^( *(?:- )?\w+: )\w.*$/;

export function behind(text: string): Break {
  return ({ items }) => written(items) + text;
}

export function directive(text: string): Break {
  return ({ items }) => `${text}\n---\n${written(items)}`;
}

export function and(...more: readonly FlowItem[]): Break {
  return ({ items }) => written([...items, ...more]);
}

/** A route beside the others; `change` breaks it. */
export function route(change: FlowItem): Break {
  return and({ route: { id: 'broken', from: { uri: 'direct:broken', steps: [log] }, ...change } });
}

export function step(broken: unknown): Break {
  return route({ from: { uri: 'direct:broken', steps: [log, broken] } });
}

export function from(uri: string): Break {
  return route({ from: { uri, steps: [log] } });
}

/** As a person would write it. */
export function written(items: readonly FlowItem[]): string {
  return stringify(items, { lineWidth: 0 });
}

export function idOf(items: readonly FlowItem[]): string | undefined {
  const ids = items.flatMap(({ route: each }) => (each as { readonly id?: string } | undefined)?.id ?? []);
  return ids[0];
}

/** A key that does not stand where the others of its map do. */
export function indentedTooLittle({ items }: GeneratedFlow, choice: number): string | undefined {
  const lines = written(items).split('\n');
  const fitting = lines.flatMap((each, index) => {
    const indent = /^ +(?=\w+: \S)/.exec(each)?.[0];
    const before = /^ +(?=\w+:)/.exec(lines[index - 1] ?? '')?.[0];
    return indent !== undefined && indent === before ? [index] : [];
  });
  const index = fitting[choice % fitting.length];
  return index === undefined ? undefined : lines.map((each, at) => (at === index ? each.slice(1) : each)).join('\n');
}

/** One way after the other. */
export function oneOf(...ways: readonly Break[]): Break {
  return (flow, choice) => ways[choice % ways.length]?.(flow, Math.floor(choice / ways.length));
}
