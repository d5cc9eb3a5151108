import type { DocumentSelector, TextDocument } from 'vscode';

/** Files that may hold a flow: Camel's own patterns. */
export const flowSelector: DocumentSelector = { scheme: 'file', pattern: '**/*.camel.{yaml,yml}' };

export function isPipebaseFile({ uri }: TextDocument): boolean {
  return uri.scheme === 'file' && /(^|\/)pipebase\.yaml$|\.camel\.ya?ml$/.test(uri.path);
}
