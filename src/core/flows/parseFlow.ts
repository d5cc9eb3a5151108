import { readYaml } from '../readYaml';
import type { Fault } from '../source';
import { findRoutes } from './findRoutes';
import { FlowText, type ResolveText } from './flowText';
import { reportReservedPaths } from './reservedPaths';
import { reportTabs } from './reportTabs';
import { reportRepeatedOperations } from './repeatedOperations';
import { reportSharedIds } from './sharedIds';
import { runningRoutes } from './runningRoutes';
import { runningIds, templatedRoutes } from './templatedRoutes';
import type { ParsedFlowYaml } from './types';
import { walkFlow } from './walkFlow';

/**
 * Reads a flow's YAML: routes, placeholders with their exact places, and everything that concerns deployment and is
 * wrong (CAMEL-YAML). `file` is the URI text that faults carry; with `resolved`, route ids and switches are what their
 * placeholders stand for. Never throws, whatever the text; one parse, one walk.
 */
export function parseFlowYaml(text: string, file: string, resolved?: ResolveText): ParsedFlowYaml {
  const { document, body, faults, rangeOf } = readYaml(text, file);
  if (!document) return { routes: [], placeholders: [], isDeployable: false, faults };
  const flow = new FlowText(body, file, rangeOf, resolved);
  const root = document.contents;
  const placeholders = walkFlow(root, flow);
  const content = findRoutes(root, flow);
  reportReservedPaths(content.items, flow);
  const running = runningRoutes(content.items, flow);
  const templated = templatedRoutes(content.items, flow);
  reportSharedIds(running, templated, flow);
  reportRepeatedOperations(content.items, flow);
  reportTabs(flow);
  reportSize(flow);
  // What a damaged text was taken for says little about its shape: one fault that is true beats five that follow from it.
  const all = hasError(faults) ? faults : inOrder([...faults, ...flow.faults]);
  const ids = runningIds(running, templated);
  return { routes: content.routes, runningRoutes: ids, placeholders, isDeployable: !hasError(all), faults: all };
}

/** In characters; Camel's parser stops there. */
const maxCharacters = 3 * 1024 * 1024;

function reportSize(flow: FlowText): void {
  if (flow.text.length <= maxCharacters) return;
  const pairs = flow.text.match(/[\ud800-\udbff]/g)?.length ?? 0;
  if (flow.text.length - pairs <= maxCharacters) return;
  const message = 'Camel reads no YAML of more than 3,145,728 characters. Split this flow.';
  flow.report('error', 'flow-too-large', message, 0, 0);
}

function inOrder(faults: readonly Fault[]): readonly Fault[] {
  return faults.toSorted((left, right) => left.range.start.offset - right.range.start.offset);
}

function hasError(faults: readonly Fault[]): boolean {
  return faults.some(({ severity }) => severity === 'error');
}
