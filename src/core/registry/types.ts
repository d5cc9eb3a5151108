import type { Fault, SourceRange } from '../source';

/** A parameter as written: Camel reads a scalar's text, so `014` stays `014`. */
export type ParameterDefinition =
  | { readonly kind: 'text'; readonly text: string; readonly range: SourceRange; readonly file: string }
  | { readonly kind: 'secret'; readonly range: SourceRange; readonly file: string }
  | { readonly kind: 'env'; readonly variable: string; readonly range: SourceRange; readonly file: string };

export type ParameterLayer = ReadonlyMap<string, ParameterDefinition>;

/** Who replaces `{{name}}`: the runtime, from `params`, or this client before it sends. */
export type Substitution = 'runtime' | 'client';

export interface TlsFiles {
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
}

/** One environment of `pipebase.yaml`, wired to at most one other by `promotesTo`. */
export interface Environment {
  readonly id: string;
  /** What people read: `name`, else the id. */
  readonly label: string;
  /** Base URL without a trailing slash. */
  readonly url: string;
  /** Scheme, host and port of `url`: what a deploy token is bound to. */
  readonly origin: string;
  readonly promotesTo?: string;
  readonly isDefault: boolean;
  readonly isProtected: boolean;
  readonly allowInsecure: boolean;
  readonly substitution: Substitution;
  readonly parameters: ParameterLayer;
  readonly tls: TlsFiles;
  readonly timeoutMs: number;
  /** Where the environment's key stands in `pipebase.yaml`. */
  readonly range: SourceRange;
  /** The chain when `promotesTo` closes a cycle, e.g. `['dev', 'test', 'dev']`: no promotion leaves from here. */
  readonly cycle?: readonly string[];
}

/** A glob pattern as written. */
export interface FilePattern {
  readonly glob: string;
  readonly range: SourceRange;
}

/** `pipebase.yaml`, read: what is whole is here, what is not is among the faults. */
export interface Registry {
  /** URI text of `pipebase.yaml`. */
  readonly file: string;
  /** Without it: every flow file that no build has put there. */
  readonly include?: readonly FilePattern[];
  readonly exclude: readonly string[];
  readonly parameters: ParameterLayer;
  /** In promotion order: upstream before downstream, ties in file order, isolated ones last. */
  readonly environments: readonly Environment[];
  readonly faults: readonly Fault[];
}
