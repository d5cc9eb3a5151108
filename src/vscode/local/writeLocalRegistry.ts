import { writeFile } from 'node:fs/promises';
import { window } from 'vscode';
import { localRegistryTemplate } from '../../core/registry/localRegistryTemplate';
import { chooseLocalPorts } from '../../local/freePorts';
import { plainText } from '../sentences/plainText';
import { registryUri } from '../state/flowFiles';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';

/** Gives a folder its `pipebase.yaml`, with ports that are free. Undefined where that cannot be, which is said. */
export async function writeLocalRegistry(
  folder: StoredFolder,
  store: WorkspaceStore,
): Promise<StoredFolder | undefined> {
  const ports = await chooseLocalPorts();
  const environments = ports.map(({ id, port }, index) => {
    const next = ports[index + 1]?.id;
    return { id, url: `http://localhost:${String(port)}`, ...(next === undefined ? {} : { promotesTo: next }) };
  });
  const uri = registryUri(folder.folder);
  try {
    // 'wx': a file that appeared meanwhile is not overwritten.
    await writeFile(uri.fsPath, localRegistryTemplate(environments), { encoding: 'utf8', flag: 'wx' });
  } catch (error) {
    void window.showErrorMessage(plainText(`pipebase.yaml could not be written to ${uri.fsPath}: ${String(error)}`));
    return undefined;
  }
  await folder.store.reload();
  return store.folder(folder.state.folder);
}
