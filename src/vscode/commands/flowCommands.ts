import { window } from 'vscode';
import type { Operation } from '../../core/promotion/gate';
import { defaultEnvironment } from '../../core/promotion/promotionState';
import type { CommandHandlers } from '../contributions/commandIds';
import type { OperationParts } from '../operations/executeOperation';
import { performBatch } from '../operations/performBatch';
import { performOperation } from '../operations/performOperation';
import type { WorkspaceStore } from '../state/workspaceStore';
import {
  chooseDeployTarget,
  chooseForMany,
  choosePromotionForMany,
  choosePromotionSource,
  chooseUndeploySource,
  type FlowTarget,
} from './chooseEnvironment';
import { commandTarget } from './commandTarget';
import { flowSelection, type FlowSelection } from './flowSelection';
import { pickFlow } from './pick';
import { requireEnvironments } from './premises';

type FlowCommands = Pick<
  CommandHandlers,
  'pipebase.flow.deploy' | 'pipebase.flow.deployTo' | 'pipebase.flow.promote' | 'pipebase.flow.undeploy'
>;

/** How a command finds out what is to be done with one flow, or with several. Undefined: nothing. */
interface FlowCommand {
  /** Asks which flow is meant. */
  readonly title: string;
  one(target: FlowTarget): Promise<Operation | undefined>;
  many(selection: FlowSelection): Promise<Operation | undefined>;
}

/** Deploy, promote and undeploy: they find out what is meant, and hand it to the one operation behind every view. */
export function flowCommands(store: WorkspaceStore, parts: OperationParts): FlowCommands {
  const handler =
    (command: FlowCommand) =>
    (argument: unknown, selected: unknown): Promise<void> =>
      run(command, argument, selected, store, parts);
  return {
    'pipebase.flow.deploy': handler(deploy),
    'pipebase.flow.deployTo': handler(deployTo),
    'pipebase.flow.promote': handler(promote),
    'pipebase.flow.undeploy': handler(undeploy),
  };
}

const deploy: FlowCommand = {
  title: 'Deploy Which Flow?',
  one: ({ folder, environment }) => Promise.resolve(deployment(environment ?? defaultEnvironment(folder.state)?.id)),
  many: ({ folder }) => Promise.resolve(deployment(defaultEnvironment(folder.state)?.id)),
};

const deployTo: FlowCommand = {
  title: 'Deploy Which Flow?',
  one: async (target) => deployment(await chooseDeployTarget(target)),
  many: async (selection) => deployment(await chooseForMany(selection, 'Deploy to…')),
};

const promote: FlowCommand = {
  title: 'Promote Which Flow?',
  one: async (target) => promotion(target.from ?? (await choosePromotionSource(target))),
  many: async (selection) => promotion(await choosePromotionForMany(selection)),
};

const undeploy: FlowCommand = {
  title: 'Undeploy Which Flow?',
  one: async (target) => removal(target.environment ?? (await chooseUndeploySource(target))),
  many: async (selection) => removal(await chooseForMany(selection, 'Undeploy from…')),
};

async function run(
  command: FlowCommand,
  argument: unknown,
  selected: unknown,
  store: WorkspaceStore,
  parts: OperationParts,
): Promise<void> {
  const many = flowSelection(argument, selected, store);
  if (many?.others) {
    // Those of several folders have several sets of environments.
    void window.showWarningMessage('The selected flows are of several folders. Select flows of one folder.');
    return;
  }
  if (many) {
    const operation = requireEnvironments(many.folder) && (await command.many(many));
    if (operation) {
      await performBatch(operation, many.flows, many.folder.store, parts);
    }
    return;
  }
  const target = await flowTarget(argument, store, command.title);
  const operation = target && requireEnvironments(target.folder) && (await command.one(target));
  if (operation) {
    await performOperation(operation, target.flow, target.folder.store, parts);
  }
}

async function flowTarget(argument: unknown, store: WorkspaceStore, title: string): Promise<FlowTarget | undefined> {
  const named = await commandTarget(argument, store);
  const target = named?.flow === undefined ? await pickFlow(store, title) : named;
  return target?.flow === undefined ? undefined : { ...target, flow: target.flow };
}

function deployment(environment: string | undefined): Operation | undefined {
  return environment === undefined ? undefined : { kind: 'deploy', environment };
}

function promotion(from: string | undefined): Operation | undefined {
  return from === undefined ? undefined : { kind: 'promote', from };
}

function removal(environment: string | undefined): Operation | undefined {
  return environment === undefined ? undefined : { kind: 'undeploy', environment };
}
