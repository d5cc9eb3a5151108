import type { Environment } from '../../core/registry/types';
import type { FolderStore } from '../state/folderStore';

/** An environment as a sentence names it: with its folder, where the window has several that could be meant. */
export function qualified(environment: Environment, store: FolderStore): Environment {
  return { ...environment, label: qualifiedText(environment.label, store) };
}

/** A name or a title with the folder that it is about, where the window has several that could be meant. */
export function qualifiedText(text: string, { parts }: FolderStore): string {
  const folder = parts.qualifier();
  return folder === undefined ? text : `${text} (${folder})`;
}
