import type { Environment } from '../../core/registry/types';
import type { FolderStore } from '../state/folderStore';

/** An environment as a sentence names it: with its folder, where the window has several that could be meant. */
export function qualified(environment: Environment, { parts }: FolderStore): Environment {
  return { ...environment, label: withFolder(environment.label, parts.qualifier()) };
}

export function withFolder(name: string, folder: string | undefined): string {
  return folder === undefined ? name : `${name} (${folder})`;
}
