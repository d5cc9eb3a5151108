import { createHash } from 'node:crypto';
import { isLegalFlowId } from '../core/flows/flowId';

const suffix = '.camel.yaml';
const parametersSuffix = '.parameters.json';
const mark = /^~[0-9a-f]{8}-/;

/** Names that Windows gives to devices, whatever follows the first dot. */
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** File names of a flow in the folder of a local environment. */
export interface FlowFileNames {
  readonly yaml: string;
  readonly parameters: string;
}

/**
 * `<id>.camel.yaml`. Ids are told apart by case and file systems often do not, so an id with capitals has a mark before
 * it, made from the exact id; so has the name of a device. `~` is in no legal id.
 */
export function fileNamesOf(id: string): FlowFileNames {
  const base = isPlain(id) ? id : marked(id);
  return { yaml: `${base}${suffix}`, parameters: `${base}${parametersSuffix}` };
}

/** The folder of a local environment, marked like a file; Windows drops a dot at the end, which a file never has. */
export function folderNameOf(environmentId: string): string {
  return isPlain(environmentId) && !environmentId.endsWith('.') ? environmentId : marked(environmentId);
}

/** The id that a file name stands for, or undefined where {@link fileNamesOf} did not make it. */
export function flowIdOfFileName(name: string): string | undefined {
  const id = name.slice(0, -suffix.length).replace(mark, '');
  return isLegalFlowId(id) && fileNamesOf(id).yaml === name ? id : undefined;
}

export function isFlowFileName(name: string): boolean {
  return name.endsWith(suffix);
}

export function isParametersFileName(name: string): boolean {
  return name.endsWith(parametersSuffix);
}

function isPlain(id: string): boolean {
  return id === id.toLowerCase() && !deviceName.test(id);
}

function marked(id: string): string {
  return `~${digest(id)}-${id}`;
}

function digest(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 8);
}
