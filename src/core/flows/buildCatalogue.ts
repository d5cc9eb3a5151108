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
}

/** The flows of one registry, sorted by display name, then id. */
export function buildCatalogue(files: readonly FlowFile[]): readonly Flow[] {
  void files;
  return [];
}
