import type { ParameterLayer } from '../registry/types';
import type { Fault } from '../source';

export interface ParsedParameterFile {
  readonly parameters: ParameterLayer;
  readonly faults: readonly Fault[];
}

/** Reads a flow's parameter file: a JSON object of strings, numbers and booleans. */
export function parseParameterFile(text: string, file: string): ParsedParameterFile {
  void text;
  void file;
  return { parameters: new Map(), faults: [] };
}
