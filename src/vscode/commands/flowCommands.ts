import { commands, Uri, window } from 'vscode';
import { gate, type Operation } from '../../core/promotion/gate';
import { defaultEnvironment, flowNameOf, flowOf, situationOf } from '../../core/promotion/promotionState';
import { upstreamsOf } from '../../core/registry/promotionGraph';
import type { Environment } from '../../core/registry/types';
import type { CommandHandlers } from '../contributions/commandIds';
import type { OperationParts } from '../operations/executeOperation';
import { performBatch } from '../operations/performBatch';
import { performOperation } from '../operations/performOperation';
import { withFolder } from '../operations/qualified';
import { reportResult } from '../operations/reportResult';
import { plainText } from '../sentences/plainText';
import type { WorkspaceStore } from '../state/workspaceStore';
import { commandTarget, type CommandTarget } from './commandTarget';
import { flowSelection, type FlowSelection } from './flowSelection';
import { choose, pickEnvironment, pickFlow } from './pick';

type FlowTarget = CommandTarget & { readonly flow: string };
type FlowCommands = Pick<
  CommandHandlers,
  'pipebase.flow.deploy' | 'pipebase.flow.deployTo' | 'pipebase.flow.promote' | 'pipebase.flow.undeploy'
>;

/** How long a choice waits for the environments; one that has not answered by then is chosen from as it was. */
const choosingPatienceMs = 3000;

/** Deploy, promote and undeploy: they find out what is meant, and hand it to the one operation behind every view. */
export function flowCommands(store: WorkspaceStore, parts: OperationParts): FlowCommands {
  const perform = async (target: FlowTarget, operation: Operation): Promise<void> => {
    await performOperation(operation, target.flow, target.folder.store, parts);
  };
  /** True where several flows are meant. Those of several folders have several sets of environments. */
  const forMany = async (
    argument: unknown,
    selected: unknown,
    work: (many: FlowSelection) => Promise<void>,
  ): Promise<boolean> => {
    const many = flowSelection(argument, selected, store);
    if (many?.others) {
      void window.showWarningMessage('The selected flows are of several folders. Select flows of one folder.');
    } else if (many) {
      await work(many);
    }
    return many !== undefined;
  };
  return {
    'pipebase.flow.deploy': async (argument, selected) => {
      const isMany = await forMany(argument, selected, (many) =>
        performMany(many, defaultEnvironment(many.folder.state), deployTo, parts),
      );
      if (isMany) {
        return;
      }
      const target = await flowTarget(argument, store, 'Deploy Which Flow?');
      const environment = target && (target.environment ?? defaultEnvironment(target.folder.state)?.id);
      if (target && environment === undefined) {
        sayNoEnvironment();
      } else if (target && environment !== undefined) {
        await perform(target, { kind: 'deploy', environment });
      }
    },
    'pipebase.flow.deployTo': async (argument, selected) => {
      const isMany = await forMany(argument, selected, async (many) =>
        performMany(many, await chooseForMany(many, 'Deploy to…'), deployTo, parts),
      );
      if (isMany) {
        return;
      }
      const target = await flowTarget(argument, store, 'Deploy Which Flow?');
      const environments = target?.folder.state.registry?.environments ?? [];
      if (target && environments.length === 0) {
        sayNoEnvironment();
        return;
      }
      const environment = target && (await choose(target, environments, `Deploy ${nameOf(target)} to…`));
      if (target && environment) {
        await perform(target, { kind: 'deploy', environment: environment.id });
      }
    },
    'pipebase.flow.promote': async (argument, selected) => {
      const isMany = await forMany(argument, selected, async (many) =>
        performMany(many, await choosePromotionForMany(many), ({ id }) => ({ kind: 'promote', from: id }), parts),
      );
      if (isMany) {
        return;
      }
      const target = await flowTarget(argument, store, 'Promote Which Flow?');
      const from = target && (target.from ?? (await promotionSource(target)));
      if (target && from !== undefined) {
        await perform(target, { kind: 'promote', from });
      }
    },
    'pipebase.flow.undeploy': async (argument, selected) => {
      const isMany = await forMany(argument, selected, async (many) => {
        const environment = await chooseForMany(many, 'Undeploy from…');
        await performMany(many, environment, ({ id }) => ({ kind: 'undeploy', environment: id }), parts);
      });
      if (isMany) {
        return;
      }
      const target = await flowTarget(argument, store, 'Undeploy Which Flow?');
      const environment = target && (target.environment ?? (await undeploySource(target)));
      if (target && environment !== undefined) {
        await perform(target, { kind: 'undeploy', environment });
      }
    },
  };
}

function deployTo({ id }: Environment): Operation {
  return { kind: 'deploy', environment: id };
}

async function performMany(
  { folder, flows }: FlowSelection,
  environment: Environment | undefined,
  operation: (environment: Environment) => Operation,
  parts: OperationParts,
): Promise<void> {
  if (environment) {
    await performBatch(operation(environment), flows, folder.store, parts);
  }
}

async function chooseForMany({ folder, flows }: FlowSelection, title: string): Promise<Environment | undefined> {
  const environments = folder.state.registry?.environments ?? [];
  return choose({ folder }, environments, `${String(flows.length)} Flows: ${title}`);
}

async function choosePromotionForMany({ folder, flows }: FlowSelection): Promise<Environment | undefined> {
  const all = folder.state.registry?.environments ?? [];
  const sources = all.filter(({ promotesTo, cycle }) => promotesTo !== undefined && !cycle);
  return choose({ folder }, sources, `${String(flows.length)} Flows: Promote…`, (one) => promotionLabel(one, all));
}

async function flowTarget(argument: unknown, store: WorkspaceStore, title: string): Promise<FlowTarget | undefined> {
  const named = await commandTarget(argument, store);
  const target = named?.flow === undefined ? await pickFlow(store, title) : named;
  if (target?.flow === undefined) {
    return undefined;
  }
  return { ...target, flow: target.flow };
}

/** From the row of an environment a promotion leads into it; without one, from wherever the gate lets it leave. */
async function promotionSource(target: FlowTarget): Promise<string | undefined> {
  await target.folder.store.readAll(AbortSignal.timeout(choosingPatienceMs));
  const all = target.folder.state.registry?.environments ?? [];
  const candidates = target.environment === undefined ? all : upstreamsOf(all, target.environment);
  const allowed = candidates.filter(({ id }) => isAllowed(target, { kind: 'promote', from: id }));
  if (allowed.length > 0) {
    return (await pickEnvironment(target, allowed, 'Promote from…', (one) => promotionLabel(one, all)))?.id;
  }
  sayWhyNot(target, candidates.find(({ promotesTo }) => promotesTo !== undefined) ?? candidates[0]);
  return undefined;
}

function promotionLabel({ label, promotesTo }: Environment, all: readonly Environment[]): string {
  const next = all.find(({ id }) => id === promotesTo);
  return `${label} → ${next?.label ?? ''}`;
}

async function undeploySource(target: FlowTarget): Promise<string | undefined> {
  await target.folder.store.readAll(AbortSignal.timeout(choosingPatienceMs));
  const deployed = (target.folder.state.registry?.environments ?? []).filter(({ id }) =>
    isAllowed(target, { kind: 'undeploy', environment: id }),
  );
  if (deployed.length === 0) {
    void window.showInformationMessage(plainText(`${nameOf(target)} is deployed in no environment that answers.`));
    return undefined;
  }
  return (await choose(target, deployed, `Undeploy ${nameOf(target)} from…`))?.id;
}

function nameOf({ folder, flow }: FlowTarget): string {
  return withFolder(flowNameOf(folder.state, flow), folder.store.parts.qualifier());
}

function isAllowed(target: FlowTarget, operation: Operation): boolean {
  return gate(operation, situationOf(target.folder.state, target.flow)).isAllowed;
}

function sayWhyNot(target: FlowTarget, source: Environment | undefined): void {
  if (!source) {
    sayNoEnvironment();
    return;
  }
  const operation: Operation = { kind: 'promote', from: source.id };
  const verdict = gate(operation, situationOf(target.folder.state, target.flow));
  if (!verdict.isAllowed) {
    reportResult({ outcome: 'refused', reason: verdict.reason }, operation, target.flow, target.folder.store);
  }
}

function sayNoEnvironment(): void {
  void window.showWarningMessage('pipebase.yaml names no environment to deploy to.');
}

/** Opens a flow's file: of two with one id the one that is named. */
export async function openFlow(argument: unknown, store: WorkspaceStore): Promise<void> {
  const target = await commandTarget(argument, store);
  if (target?.flow === undefined) {
    return;
  }
  const { state } = target.folder;
  const named = state.flows.find(({ id, file }) => id === target.flow && file === target.file);
  const flow = named ?? flowOf(state, target.flow);
  if (flow) {
    await commands.executeCommand('vscode.open', Uri.parse(flow.file));
  }
}
