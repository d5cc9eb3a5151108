import type { FlowText } from './flowText';
import type { FlowItem } from './reservedPaths';
import { isInlining, type RestOperation, restOperations } from './restOperations';

/** Camel refuses a `rest` that has one operation twice, or two that lead to one `direct:` endpoint. */
export function reportRepeatedOperations(items: readonly FlowItem[], flow: FlowText): void {
  const isInlined = isInlining(items, flow);
  for (const { root, value } of items) if (root === 'rest') reportIn(restOperations(value, flow), isInlined, flow);
}

function reportIn(operations: readonly RestOperation[], isInlined: boolean, flow: FlowText): void {
  const asked = new Set<string>();
  const targets = new Set<string>();
  for (const { verb, path, to, node, toNode } of operations) {
    const request = path === undefined ? verb : `${verb} ${path}`;
    if (asked.has(request)) {
      const message = `This \`rest\` has \`${request}\` twice. Give one of them another path.`;
      flow.reportAt(node, 'error', 'repeated-operation', message);
    }
    asked.add(request);
    if (!isInlined || !toNode || !to?.startsWith('direct:')) continue;
    if (targets.has(to)) {
      const message = `Two operations of this \`rest\` lead to \`${to}\`, which can take the place of one only. Give each its own.`;
      flow.reportAt(toNode, 'error', 'shared-target', message);
    }
    targets.add(to);
  }
}
