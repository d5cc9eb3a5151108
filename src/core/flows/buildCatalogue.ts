import { compareNames } from '../compareNames';
import { displayText } from '../displayText';
import { type ParsedParameterFile, parseParameterFile } from '../parameters/parseParameters';
import { type Fault, startOfFile } from '../source';
import { flowIdOfPath, isLegalFlowId } from './flowId';
import type { Flow, ParsedFlowYaml } from './types';

/** A flow's files as they were read. */
export interface FlowFile {
  /** URI text of the YAML. */
  readonly file: string;
  /** Posix, relative to the workspace folder. */
  readonly path: string;
  readonly yaml: string;
  /** Given by the caller, who keeps it per text. */
  readonly parsed: ParsedFlowYaml;
  /** The parameter file beside it, where there is one. */
  readonly parameters?: { readonly file: string; readonly text: string };
  /** What the flow was called while its YAML was last fit to send. See {@link keepName}. */
  readonly lastName?: string;
}

/**
 * A YAML that is no flow just now, as while somebody types, says nothing of its name: the flow keeps the one that it had,
 * and with it its place among the others. `before`: the same file as it was read the last time.
 */
export function keepName(file: FlowFile, before: FlowFile | undefined): FlowFile {
  const lastName = before?.parsed.isDeployable === true ? nameOf(before) : before?.lastName;
  return file.parsed.isDeployable || lastName === undefined ? file : { ...file, lastName };
}

/** A flow stays the same object while its files and those of the same id do: whatever was derived from it still holds. */
const built = new WeakMap<FlowFile, { readonly siblings: string; readonly flow: Flow }>();

const noParameters: ParsedParameterFile = { parameters: new Map(), faults: [] };

/**
 * The flows of one registry, sorted by display name, then id, as {@link compareNames} has it. Files whose path is no
 * flow's are left out. Two files with one id are both here and both marked: neither can be deployed (PROMOTION-MODEL, a
 * flow).
 */
export function buildCatalogue(files: readonly FlowFile[]): readonly Flow[] {
  const filesOfId = new Map<string, FlowFile[]>();
  for (const each of files) {
    const id = flowIdOfPath(each.path);
    if (id !== undefined) filesOfId.set(id, [...(filesOfId.get(id) ?? []), each]);
  }
  const flows = [...filesOfId].flatMap(([id, same]) => same.map((each) => knownFlow(id, each, same)));
  return flows.sort(byName);
}

function knownFlow(id: string, file: FlowFile, same: readonly FlowFile[]): Flow {
  const siblings = JSON.stringify(same.map(({ path }) => path));
  const known = built.get(file);
  if (known?.siblings === siblings) return known.flow;
  const flow = flowOf(id, file, same);
  built.set(file, { siblings, flow });
  return flow;
}

function nameOf({ parsed, path }: FlowFile): string {
  const [first] = parsed.routes;
  return displayText(first?.description, first?.id, flowIdOfPath(path));
}

function flowOf(id: string, flow: FlowFile, same: readonly FlowFile[]): Flow {
  const { file, yaml, parsed, parameters } = flow;
  const { parameters: layer, faults } = parameters
    ? parseParameterFile(parameters.text, parameters.file)
    : noParameters;
  return {
    id,
    displayName: flow.lastName ?? nameOf(flow),
    file,
    yaml,
    parsed,
    parameters: layer,
    faults: [...parsed.faults, ...faults, ...idFaults(id, file, same)],
    hasDuplicateId: same.length > 1,
    hasLegalId: isLegalFlowId(id),
  };
}

function idFaults(id: string, file: string, same: readonly FlowFile[]): readonly Fault[] {
  const fault = (code: string, message: string): Fault => ({
    severity: 'error',
    code,
    message,
    file,
    range: startOfFile,
  });
  const faults: Fault[] = [];
  if (!isLegalFlowId(id)) {
    const rule = 'letters, digits, `.`, `_` and `-`, at most 128';
    faults.push(fault('illegal-flow-id', `\`${id}\` cannot be a flow's id. Rename the file or its folder: ${rule}.`));
  }
  const others = same.filter((other) => other.file !== file).map(({ path }) => path);
  if (others.length > 0) {
    const message = `The id \`${id}\` is also that of ${others.join(', ')}. Neither can be deployed: rename one, or leave it out with \`flows.exclude\` in pipebase.yaml.`;
    faults.push(fault('duplicate-flow-id', message));
  }
  return faults;
}

function byName(left: Flow, right: Flow): number {
  return (
    compareNames(left.displayName, right.displayName) ||
    compareNames(left.id, right.id) ||
    compareNames(left.file, right.file)
  );
}
