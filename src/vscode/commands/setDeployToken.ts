import { window } from 'vscode';
import { localEnvironmentsIn } from '../../core/registry/localEnvironments';
import type { SecretStore } from '../adapters/secretStore';
import { confirmModal } from '../operations/confirmModal';
import { tell } from '../operations/tell';
import { qualified } from '../operations/qualified';
import { plainText } from '../sentences/plainText';
import type { WorkspaceStore } from '../state/workspaceStore';
import { environmentTarget } from './environmentTarget';
import { requireTrust } from './premises';
import { tellKept } from './tellKept';

/** Asks for the token that the runtime was started with, and keeps it for this environment and the origin of its URL. */
export async function setDeployToken(argument: unknown, store: WorkspaceStore, secrets: SecretStore): Promise<void> {
  if (!requireTrust()) {
    return;
  }
  const target = await environmentTarget(argument, store, 'Set the Deploy Token of…');
  if (!target) {
    return;
  }
  const { environment } = target;
  const { label } = qualified(environment, target.folder.store);
  const token = await window.showInputBox({
    title: plainText(`Deploy Token of ${label}`),
    prompt: plainText(`Sent to ${environment.origin} only. Kept in VS Code's secret storage.`),
    placeHolder: 'The value of PIPEBASE_DEPLOY_TOKEN there',
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (isToken(value.trim()) ? undefined : 'A token is one line of visible ASCII characters.'),
  });
  if (token !== undefined && token.trim() !== '') {
    const keeping = secrets.setToken(environment, token.trim());
    await tellKept(keeping, `deploy token of ${label}`, `It is sent to ${environment.origin} only.`);
  }
}

export async function clearDeployToken(argument: unknown, store: WorkspaceStore, secrets: SecretStore): Promise<void> {
  if (!requireTrust()) {
    return;
  }
  const target = await environmentTarget(argument, store, 'Clear the Deploy Token of…');
  if (!target) {
    return;
  }
  const { environment } = target;
  const { label } = qualified(environment, target.folder.store);
  if ((await secrets.token(environment)) === undefined) {
    const need = localEnvironmentsIn([environment]).length > 0 ? ' A local environment needs none.' : '';
    const message = `No deploy token of ${label} is stored here, so there is nothing to clear.${need}`;
    tell(window.showInformationMessage, message);
    return;
  }
  const isConfirmed = await confirmModal({
    message: `Clear the deploy token of ${label}?`,
    detail: `It is removed from VS Code's secret storage. The runtime at ${environment.origin} keeps its own.`,
    button: 'Clear Token',
  });
  if (isConfirmed) {
    await secrets.clearToken(environment);
    tell(window.showInformationMessage, `The deploy token of ${label} is no longer stored here.`);
  }
}

/** What fits into a header; a pasted line break or a space inside is a mistake that would look like a wrong token. */
function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
