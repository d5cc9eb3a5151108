import type { ActionView, FlowRowView, FolderView, MatrixView } from '../../src/shared/matrixView';
import { withUniqueKeys } from './uniqueKeys';

/** What a person pointed at, as the attributes around it tell. */
export interface Place {
  readonly folder: FolderView;
  readonly flow: FlowRowView;
}

/** The flow whose row or page an element stands in. */
export function findPlace(view: MatrixView, target: Element): Place | undefined {
  if (view.scope.kind === 'flow') return findFlow(view, view.scope.folder, view.scope.flow);
  const folder = view.folders.find(({ key }) => key === attributeAround(target, 'data-folder'));
  const row = attributeAround(target, 'data-row');
  if (folder === undefined || row === undefined) return undefined;
  const flow = withUniqueKeys(folder.flows, ({ id }) => id).find(([key]) => key === row)?.[1];
  return flow && { folder, flow };
}

export function findFlow(view: MatrixView, folderKey: string, flowId: string): Place | undefined {
  const folder = view.folders.find(({ key }) => key === folderKey);
  const flow = folder?.flows.find(({ id }) => id === flowId);
  return folder && flow && { folder, flow };
}

/** The action of a button, from the view as it is now. */
export function findAction(view: MatrixView, button: Element): ActionView | undefined {
  const environment = attributeAround(button, 'data-cell');
  const cell = findPlace(view, button)?.flow.cells.find((candidate) => candidate.environment === environment);
  return cell?.actions[Number(button.getAttribute('data-index'))];
}

function attributeAround(target: Element, name: string): string | undefined {
  return target.closest(`[${name}]`)?.getAttribute(name) ?? undefined;
}
