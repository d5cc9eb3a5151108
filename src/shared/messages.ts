import type { Intent } from './intent';
import type { EmptyCommand, MatrixScope, MatrixView } from './matrixView';

/** From the extension to the matrix page. */
export interface HostMessage {
  readonly type: 'view';
  readonly view: MatrixView;
}

/** From the matrix page to the extension, which checks each with a schema before it believes it. */
export type PageMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'refresh' }
  | { readonly type: 'scope'; readonly scope: MatrixScope }
  | { readonly type: 'openYaml'; readonly folder: string; readonly flow: string }
  | { readonly type: 'setToken'; readonly folder: string; readonly environment: string }
  | { readonly type: 'startLocal'; readonly folder: string; readonly environment: string }
  | { readonly type: 'command'; readonly command: EmptyCommand; readonly folder?: string }
  | { readonly type: 'intent'; readonly intent: Intent };

/** What the page keeps with `setState`, so that a reload opens what was open. */
export interface PageState {
  readonly scope: MatrixScope;
}
