import { Disposable, window, workspace } from 'vscode';
import type { CodeLens, EventEmitter, ExtensionContext, TextDocument, TreeView, WebviewPanel } from 'vscode';
import { OperationLock } from '../core/operations/operationLock';
import { DeploymentMemory } from '../core/operations/deploymentMemory';
import { RememberedRecords } from '../core/operations/rememberedRecords';
import { FileRecords } from './adapters/fileRecords';
import { SecretStore } from './adapters/secretStore';
import { appCommands } from './commands/appCommands';
import { EnvironmentBelongings } from './commands/environmentBelongings';
import type { CommandHandlers } from './contributions/commandIds';
import { updateContext } from './contributions/updateContext';
import { LocalEnvironmentsStore } from './local/localEnvironmentsStore';
import { restoreLocalEnvironments } from './local/startLocalEnvironments';
import { onFileChange } from './state/onFileChange';
import { poll } from './state/poll';
import { readWhenSeen } from './state/readWhenSeen';
import { WorkspaceStore, type StoredFolder } from './state/workspaceStore';
import { EnvironmentsTreeDataProvider } from './views/environmentsTreeDataProvider';
import { flowCodeLenses, isFlowVisible } from './views/flowCodeLenses';
import { FlowsTreeDataProvider } from './views/flowsTreeDataProvider';
import type { LazyTreeDataProvider, TreeSource } from './views/lazyTreeDataProvider';
import { MatrixPanel } from './views/matrixPanel';
import { pageHandlers } from './views/pageHandlers';
import { publishFaults } from './views/publishFaults';
import { showViewMessages } from './views/showViewMessages';
import type { TreeNode } from './views/treeNode';

/** What was registered at activation and waits for something to show. */
export interface Surfaces {
  readonly flowsView: TreeView<TreeNode>;
  readonly environmentsView: TreeView<TreeNode>;
  readonly flows: LazyTreeDataProvider;
  readonly environments: LazyTreeDataProvider;
  readonly lensesChanged: EventEmitter<void>;
}

export interface App {
  readonly commands: CommandHandlers;
  readonly flowsTree: TreeSource;
  readonly environmentsTree: TreeSource;
  codeLenses(document: TextDocument): Promise<CodeLens[]>;
  restoreMatrix(panel: WebviewPanel, state: unknown): void;
  dispose(): void;
}

/** Builds everything that is not needed at activation, and wires it: files and runtimes → state → views. */
export async function startApp(context: ExtensionContext, surfaces: Surfaces): Promise<App> {
  const log = window.createOutputChannel('Pipebase', { log: true });
  const secrets = new SecretStore(context.secrets);
  const operationsLog = new FileRecords((context.storageUri ?? context.globalStorageUri).fsPath, log);
  const memory = new DeploymentMemory();
  const records = new RememberedRecords(operationsLog, memory);
  await records.readOn();
  const local = new LocalEnvironmentsStore(context, secrets, log);
  const version = String((context.extension.packageJSON as { version?: unknown }).version);
  const store: WorkspaceStore = new WorkspaceStore({
    secrets,
    memory,
    log,
    userAgent: `pipebase-vscode/${version}`,
    token: (folder, environment) => local.token(folder, environment),
    prepare: (folder: StoredFolder) => restoreLocalEnvironments(folder, store, local),
    leave: (folder: string) => {
      void local.leave(folder, store);
    },
    isSeen: () => isVisible(),
  });
  const operations = { lock: new OperationLock(), records, memory, log };
  const belongings = new EnvironmentBelongings({ store, secrets, records, local });
  const panel = new MatrixPanel(context.extensionUri, store, pageHandlers(store, operations), log);
  const { flowsView, environmentsView } = surfaces;
  const isVisible = (): boolean =>
    flowsView.visible || environmentsView.visible || panel.isVisible || isFlowVisible(store);
  const subscriptions = Disposable.from(
    log,
    local,
    store,
    panel,
    // Another window of the same workspace writes to the same log.
    onFileChange(operationsLog.file, async () => {
      await records.readOn();
      store.touch();
    }),
    publishFaults(store),
    updateContext(store),
    showViewMessages(store, flowsView, environmentsView),
    poll(store, isVisible),
    readWhenSeen(store, isVisible, [flowsView, environmentsView], log),
    drawChanges(store, surfaces),
  );
  return {
    commands: appCommands({ store, secrets, local, operations, belongings, panel, log }),
    flowsTree: new FlowsTreeDataProvider(store),
    environmentsTree: new EnvironmentsTreeDataProvider(store),
    codeLenses: (document) => flowCodeLenses(store, document),
    restoreMatrix: (restored, state) => {
      panel.restore(restored, state);
    },
    dispose: () => {
      subscriptions.dispose();
    },
  };
}

/** What VS Code draws by itself is told that there may be something else to draw. */
function drawChanges(store: WorkspaceStore, { flows, environments, lensesChanged }: Surfaces): Disposable {
  return Disposable.from(
    store.onDidChange(() => {
      flows.refresh();
      environments.refresh();
      lensesChanged.fire();
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('pipebase.codeLens')) {
        lensesChanged.fire();
      }
    }),
  );
}
