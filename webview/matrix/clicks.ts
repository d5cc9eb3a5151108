import type { EmptyAction, MatrixScope, MatrixView } from '../../src/shared/matrixView';
import type { PageMessage } from '../../src/shared/messages';
import { findAction, findPlace } from './findAction';

/** What a click asks the extension for. The page itself does nothing but ask. */
export function messageForClick(view: MatrixView, target: Element): PageMessage | undefined {
  const button = target.closest('[data-do]');
  if (button === null) return target.closest('[role="row"][data-row]') ? openFlow(view, target) : undefined;
  switch (button.getAttribute('data-do')) {
    case 'refresh':
      return { type: 'refresh' };
    case 'showAll':
      return { type: 'scope', scope: { kind: 'all' } };
    case 'openFlow':
      return openFlow(view, button);
    case 'openYaml':
      return openYaml(view, button);
    case 'action':
      return act(view, button);
    case 'command':
      return runCommand(view, button);
    default:
      return undefined;
  }
}

function openFlow(view: MatrixView, target: Element): PageMessage | undefined {
  const place = findPlace(view, target);
  if (place === undefined) return undefined;
  const scope: MatrixScope = { kind: 'flow', folder: place.folder.key, flow: place.flow.id };
  return { type: 'scope', scope };
}

function openYaml(view: MatrixView, target: Element): PageMessage | undefined {
  const place = findPlace(view, target);
  return place && { type: 'openYaml', folder: place.folder.key, flow: place.flow.id };
}

function act(view: MatrixView, button: Element): PageMessage | undefined {
  const message = findAction(view, button)?.message;
  if (message === undefined) return undefined;
  if (message.kind === 'setToken' || message.kind === 'startLocal') {
    return { type: message.kind, folder: message.folder, environment: message.environment };
  }
  return { type: 'intent', intent: message };
}

/** What is offered in the view of this moment, and nothing else that a button may say. */
function runCommand(view: MatrixView, button: Element): PageMessage | undefined {
  const [command, folder] = [button.getAttribute('data-command'), button.getAttribute('data-about')];
  const action = offeredActions(view).find((each) => each.command === command && (each.folder ?? null) === folder);
  if (action === undefined) return undefined;
  return {
    type: 'command',
    command: action.command,
    ...(action.folder === undefined ? {} : { folder: action.folder }),
  };
}

function offeredActions(view: MatrixView): EmptyAction[] {
  const empties = [view.empty, ...view.folders.map(({ empty }) => empty)];
  return empties.flatMap((empty) => empty?.action ?? []);
}
