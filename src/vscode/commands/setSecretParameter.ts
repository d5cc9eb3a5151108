import { window } from 'vscode';
import * as z from 'zod';
import { compareNames } from '../../core/compareNames';
import { displayText } from '../../core/displayText';
import type { ParameterLayer } from '../../core/registry/types';
import type { SecretStore } from '../adapters/secretStore';
import { confirmModal } from '../operations/confirmModal';
import { qualified, qualifiedText } from '../operations/qualified';
import { plainText } from '../sentences/plainText';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';
import { environmentTarget } from './environmentTarget';
import { requireTrust } from './premises';
import { tellKept } from './tellKept';

const keySchema = z.object({ key: z.string() });

/** Asks for the value of a parameter declared `{ secret: true }`, for one environment. Nothing typed removes it. */
export async function setSecretParameter(
  argument: unknown,
  store: WorkspaceStore,
  secrets: SecretStore,
): Promise<void> {
  if (!requireTrust()) {
    return;
  }
  const { folder, environment } = (await environmentTarget(argument, store, 'Set a Secret Parameter in…')) ?? {};
  if (!folder || !environment) {
    return;
  }
  const key = keySchema.safeParse(argument).data?.key ?? (await pickSecretKey(folder, environment.parameters));
  if (key === undefined) {
    return;
  }
  const place = [folder.state.folder, environment.id, key] as const;
  const { label } = qualified(environment, folder.store);
  const isStored = (await secrets.parameterMark(...place)) !== undefined;
  const value = await window.showInputBox({
    title: plainText(`${displayText(key)} in ${label}`),
    prompt: `Sent to this runtime with a deploy, and nowhere else. Kept in VS Code's secret storage.${isStored ? ' Leave it empty to remove the value.' : ''}`,
    password: true,
    ignoreFocusOut: true,
  });
  if (value !== undefined && value !== '') {
    const keeping = secrets.setSecretParameter(...place, value);
    const what = `value of ${displayText(key)} in ${label}`;
    await tellKept(keeping, what, 'It is sent with the next deploy there.');
  } else if (value === '' && isStored && (await confirmRemoval(key, label))) {
    await secrets.clearSecretParameter(...place);
  }
}

async function confirmRemoval(key: string, environment: string): Promise<boolean> {
  return confirmModal({
    message: `Remove the value of ${displayText(key)} in ${environment}?`,
    detail: "It is removed from VS Code's secret storage. What runs on the runtime keeps the value it was sent.",
    button: 'Remove Value',
  });
}

async function pickSecretKey(folder: StoredFolder, own: ParameterLayer): Promise<string | undefined> {
  const shared = folder.state.registry?.parameters;
  const layers: readonly ParameterLayer[] = shared ? [shared, own] : [own];
  const keys = layers.flatMap((layer) => [...layer].filter(([, { kind }]) => kind === 'secret').map(([key]) => key));
  if (keys.length === 0) {
    void window.showInformationMessage(
      'No parameter is declared secret. Declare one in pipebase.yaml, as `name: { secret: true }`.',
    );
    return undefined;
  }
  const items = [...new Set(keys)].sort(compareNames).map((key) => ({ label: plainText(key), key }));
  return (await window.showQuickPick(items, { title: plainText(qualifiedText('Secret Parameter', folder.store)) }))
    ?.key;
}
