import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { compareNames } from '../../core/compareNames';
import { displayText } from '../../core/displayText';
import { environmentOf, readingOf, strayFlows } from '../../core/promotion/promotionState';
import type { Environment } from '../../core/registry/types';
import type { EnvironmentView } from '../../shared/matrixView';
import { needsRestart, needsStart } from '../sentences/localSentence';
import { localPlaceOf, type FolderState } from '../state/folderState';
import { green } from './cellIcon';
import { plainTooltip } from './flowsTreeDataProvider';
import { FolderTreeDataProvider } from './folderTreeDataProvider';
import { environmentHealth } from './matrixView';
import type { TreeNode } from './treeNode';

/** Environments in promotion order; under each the flows that it runs and the workspace does not have. */
export class EnvironmentsTreeDataProvider extends FolderTreeDataProvider {
  protected override top(state: FolderState): readonly TreeNode[] {
    return environmentNodes(state);
  }

  protected override below(state: FolderState, { target }: TreeNode): readonly TreeNode[] {
    return target.kind === 'environment'
      ? strayFlows(state, target.environment)
          .toSorted(compareNames)
          .map((flow) => strayNode(state, target.environment, flow))
      : [];
  }
}

function environmentNodes(state: FolderState): readonly TreeNode[] {
  return (state.registry?.environments ?? []).map((environment) => environmentNode(state, environment));
}

function environmentNode(state: FolderState, environment: Environment): TreeNode {
  const health = environmentHealth(state, environment);
  const stray = strayFlows(state, environment.id);
  const next = environment.promotesTo === undefined ? undefined : environmentOf(state, environment.promotesTo);
  const isUnreachable = health.health === 'unreachable';
  // A sidebar is narrow: what stands last is cut, and of one that does not answer the time is what is known.
  const words = [
    next && `→ ${next.label}`,
    environment.isDefault ? 'default' : undefined,
    environment.isProtected ? 'protected' : undefined,
    localPlaceOf(state, environment) === 'this-window' ? 'local' : undefined,
    isUnreachable ? health.readText : undefined,
    health.healthText,
    stray.length > 0 ? `${String(stray.length)} not in this workspace` : undefined,
    isUnreachable ? undefined : health.readText,
  ].filter((word): word is string => word !== undefined && word !== '');
  const collapsible = stray.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
  const item = new TreeItem(environment.label, collapsible);
  item.id = `environment ${state.folder} ${environment.id}`;
  item.description = words.join(' · ');
  item.iconPath = healthIcon(health.health, environment);
  item.tooltip = plainTooltip([environment.label, environment.url, ...words]);
  item.contextValue = environmentContext(state, environment);
  item.accessibilityInformation = { label: `${environment.label}, ${words.join(', ')}` };
  return { item, target: { kind: 'environment', folder: state.folder, environment: environment.id } };
}

function healthIcon(health: EnvironmentView['health'], environment: Environment): ThemeIcon {
  switch (health) {
    case 'checking':
      return new ThemeIcon('loading~spin');
    case 'up':
      return new ThemeIcon(environment.isProtected ? 'shield' : 'server-environment', green);
    case 'degraded':
      return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
    case 'unreachable':
      return new ThemeIcon('debug-disconnect', new ThemeColor('list.errorForeground'));
    case 'not-checked':
      return new ThemeIcon('question');
  }
}

function environmentContext(state: FolderState, environment: Environment): string {
  const reading = readingOf(state, environment.id);
  const reason = reading.kind === 'failed' ? reading.reason : undefined;
  const place = localPlaceOf(state, environment);
  const isStopped = needsStart(reason, place);
  const isTokenRefused = reason === 'unauthorized' && !needsRestart(reason, place);
  const needsToken = (reason === 'no-token' && !isStopped) || isTokenRefused;
  const words = [environment.isProtected ? 'protected' : '', needsToken ? 'noToken' : '', isStopped ? 'stopped' : ''];
  return ['environment', ...words].filter(Boolean).join('+');
}

function strayNode(state: FolderState, environment: string, flow: string): TreeNode {
  const item = new TreeItem(displayText(flow), TreeItemCollapsibleState.None);
  item.id = `stray ${state.folder} ${environment} ${flow}`;
  item.description = 'not in this workspace';
  item.iconPath = new ThemeIcon('file');
  item.contextValue = 'strayFlow';
  item.tooltip = plainTooltip([displayText(flow), 'The runtime has this flow; this workspace does not.']);
  return { item, target: { kind: 'strayFlow', folder: state.folder, flow, environment } };
}
