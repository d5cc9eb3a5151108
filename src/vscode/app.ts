import { Disposable, commands as vscodeCommands, window, workspace } from 'vscode';
import type {
  CodeLens,
  EventEmitter,
  ExtensionContext,
  TextDocument,
  TextEditor,
  TreeView,
  WebviewPanel,
} from 'vscode';
import { OperationLock } from '../core/operations/operationLock';
import { DeploymentMemory } from '../core/operations/records';
import { RememberedRecords } from '../core/operations/rememberedRecords';
import { FileRecords } from './adapters/fileRecords';
import { SecretStore } from './adapters/secretStore';
import { appCommands } from './commands/appCommands';
import { EnvironmentBelongings } from './commands/environmentBelongings';
import type { CommandHandlers } from './contributions/commandIds';
import { updateContext } from './contributions/updateContext';
import { LocalEnvironmentsStore } from './local/localEnvironmentsStore';
import { restoreLocalEnvironments } from './local/startLocalEnvironments';
import { performOperation } from './operations/performOperation';
import { onFileChange } from './state/onFileChange';
import { poll, refreshIntervalMs } from './state/poll';
import { WorkspaceStore, type StoredFolder } from './state/workspaceStore';
import { EnvironmentsTreeDataProvider } from './views/environmentsTreeDataProvider';
import { flowCodeLenses, hasCodeLenses } from './views/flowCodeLenses';
import { FlowsTreeDataProvider } from './views/flowsTreeDataProvider';
import type { LazyTreeDataProvider, TreeSource } from './views/lazyTreeDataProvider';
import { MatrixPanel, type PageHandlers } from './views/matrixPanel';
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
    prepare: (folder: StoredFolder) => restoreLocalEnvironments(folder, store, local),
    leave: (folder: string) => {
      void local.leave(folder, store);
    },
    isSeen: () => isVisible(),
  });
  const operations = { lock: new OperationLock(), records, memory, log };
  const belongings = new EnvironmentBelongings({ store, secrets, records, local });
  const handlers: PageHandlers = {
    refresh: () => store.readAll(),
    openYaml: (message) => run('pipebase.flow.openYaml', message),
    setToken: (message) => run('pipebase.environment.setToken', message),
    command: ({ command }) => runPageCommand(command),
    intent: async ({ intent }) => {
      const folder = store.folder(intent.folder);
      if (folder) {
        await performOperation(intent, intent.flow, folder.store, operations);
      }
    },
  };
  const panel = new MatrixPanel(context.extensionUri, store, handlers, log);
  const { flowsView, environmentsView } = surfaces;
  const isVisible = (): boolean =>
    flowsView.visible || environmentsView.visible || panel.isVisible || isFlowVisible(store);
  const readWhenSeen = (): void => {
    if (isVisible()) {
      void store.readOlderThan(refreshIntervalMs() || Infinity);
    }
  };
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
    flowsView.onDidChangeVisibility(readWhenSeen),
    environmentsView.onDidChangeVisibility(readWhenSeen),
    window.onDidChangeVisibleTextEditors(readWhenSeen),
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) {
        readWhenSeen();
      }
    }),
    store.onDidChange(() => {
      surfaces.flows.refresh();
      surfaces.environments.refresh();
      surfaces.lensesChanged.fire();
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('pipebase.codeLens')) {
        surfaces.lensesChanged.fire();
      }
    }),
  );
  void store.ready().then(readWhenSeen);
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

/** A CodeLens that shows a state is a view, too. */
function isFlowVisible({ folders }: WorkspaceStore): boolean {
  const files = new Set(folders.flatMap(({ state }) => state.flows.map(({ file }) => file)));
  const isShown = ({ document }: TextEditor): boolean => files.has(document.uri.toString()) && hasCodeLenses(document);
  return window.visibleTextEditors.some(isShown);
}

async function run(command: keyof CommandHandlers, argument?: unknown): Promise<void> {
  await vscodeCommands.executeCommand(command, argument);
}

/** The next steps that an empty matrix offers. */
async function runPageCommand(
  command: 'startLocalEnvironments' | 'manageTrust' | 'openFolder' | 'showAll',
): Promise<void> {
  const ids = {
    startLocalEnvironments: 'pipebase.local.start',
    manageTrust: 'workbench.trust.manage',
    openFolder: 'workbench.action.files.openFolder',
    showAll: 'pipebase.matrix.open',
  };
  await vscodeCommands.executeCommand(ids[command]);
}
