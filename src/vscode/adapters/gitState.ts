import { extensions, type Uri } from 'vscode';
import type { EndedRecord } from '../../core/operations/records';

/** The part of the built-in Git extension's API that is used here. */
interface GitApi {
  getRepository(uri: Uri): {
    readonly state: {
      readonly HEAD: { readonly commit?: string } | undefined;
      readonly workingTreeChanges: readonly unknown[];
      readonly indexChanges: readonly unknown[];
    };
  } | null;
}

/** Commit and dirty flag of the folder, where the built-in Git extension is active and knows them. */
export function gitState(folder: Uri): Pick<EndedRecord, 'gitCommit' | 'isGitDirty'> {
  const git = extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
  if (!git?.isActive) {
    return {};
  }
  try {
    const state = git.exports.getAPI(1).getRepository(folder)?.state;
    const commit = state?.HEAD?.commit;
    return state && commit !== undefined
      ? { gitCommit: commit, isGitDirty: state.workingTreeChanges.length + state.indexChanges.length > 0 }
      : {};
  } catch {
    // Git is switched off by a setting: the record goes without.
    return {};
  }
}
