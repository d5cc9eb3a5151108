import { evaluatePlaceholders } from '../core/flows/evaluatePlaceholders';
import { parseFlowYaml } from '../core/flows/parseFlow';
import type { ParsedFlowYaml } from '../core/flows/types';
import { renderYaml } from '../core/parameters/renderYaml';
import type { Fault } from '../core/source';
import type { PutBody } from './readPutBody';
import { Refusal } from './refusal';

/** What a runtime would have to know of a flow that it runs. */
export interface JudgedFlow {
  readonly routeCount: number;
  /** Of the routes that name themselves. */
  readonly routeIds: readonly string[];
}

/**
 * Refuses with 400 what no runtime could run (canonical shapes): YAML that does not parse, no list of one-key items,
 * no route, a route under `/_api`, also through the value of a parameter.
 */
export function judgeFlow(id: string, { yaml, params }: PutBody): JudgedFlow {
  const parsed = parseFlowYaml(yaml, `${id}.camel.yaml`, (text) => resolved(text, params));
  if (!parsed.isDeployable) refuse(parsed, 'The YAML of the flow cannot be run.');
  if (parsed.routes.length === 0) throw new Refusal(400, 'The flow has no route.');
  judgeRendered(id, yaml, params);
  const running = parsed.runningRoutes ?? [];
  return { routeCount: running.length, routeIds: running.filter((routeId) => routeId !== undefined) };
}

/** An id may be made of placeholders; one that cannot be resolved here is known to nobody. */
function resolved(text: string, properties: ReadonlyMap<string, string>): string | undefined {
  const value = evaluatePlaceholders(text, { properties });
  return value.kind === 'value' && value.text !== null ? value.text : undefined;
}

/** Only for paths: whether every placeholder has a value is for Camel to find out, and nothing runs here. */
function judgeRendered(id: string, yaml: string, params: ReadonlyMap<string, string>): void {
  if (params.size === 0) return;
  const rendered = renderYaml(yaml, params);
  if (rendered.kind === 'failed') {
    const isCycle = rendered.reason === 'cycle';
    const chain = `The parameters refer to each other in a circle: ${rendered.chain.join(' → ')}.`;
    throw new Refusal(400, isCycle ? chain : 'With its parameters in place, the flow is larger than 8 MiB.');
  }
  const { faults } = parseFlowYaml(rendered.text, `${id}.camel.yaml`);
  const claim = faults.find((fault) => fault.code === 'reserved-path');
  // No line: with the values in place the lines may have moved.
  if (claim) throw new Refusal(400, `With its parameters in place, a route claims a reserved path. ${claim.message}`);
}

function refuse({ faults }: ParsedFlowYaml, otherwise: string): never {
  const fault = faults.find(({ severity }) => severity === 'error');
  throw new Refusal(400, fault ? sentence(fault) : otherwise);
}

function sentence({ message, range }: Fault): string {
  return `Line ${range.start.line + 1}: ${message}`;
}
