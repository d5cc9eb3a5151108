import type { FilePattern } from '../registry/types';
import type { Fault } from '../source';
import { flowIdOfPath } from './flowId';

/** What a pattern of `flows.include` found. */
export interface FoundFiles {
  readonly pattern: FilePattern;
  /** Posix, relative to the workspace folder. */
  readonly paths: readonly string[];
}

/**
 * One warning for each pattern that finds YAML which is no flow by its name, and would be missing without a word (decided).
 * Other files stand beside flows as a rule, their parameters among them. `file`: the URI text of `pipebase.yaml`.
 */
export function includeFaults(file: string, found: readonly FoundFiles[]): readonly Fault[] {
  return found.flatMap(({ pattern: { range }, paths }) => {
    const [first, ...others] = paths.filter(isMistaken).sort();
    if (first === undefined) return [];
    const isOne = others.length === 0;
    const are = isOne ? 'is not a flow file' : `and ${String(others.length)} more are not flow files`;
    const message = `${first} ${are}. Name ${isOne ? 'it' : 'each'} <id>.camel.yaml, or flow.camel.yaml in a folder named <id>; what is no flow can be left out with \`flows.exclude\`.`;
    return [{ severity: 'warning', code: 'not-a-flow-file', message, file, range }];
  });
}

function isMistaken(path: string): boolean {
  return /\.ya?ml$/i.test(path) && path !== 'pipebase.yaml' && flowIdOfPath(path) === undefined;
}
