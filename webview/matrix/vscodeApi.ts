import type { PageMessage, PageState } from '../../src/shared/messages';

/** The page's side of VS Code's webview API. */
export interface VscodeApi {
  postMessage(message: PageMessage): void;
  setState(state: PageState): void;
}

declare global {
  /** Given by VS Code; may be called once per page. */
  function acquireVsCodeApi(): VscodeApi;
}
