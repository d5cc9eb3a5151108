import { window } from 'vscode';
import { gate, type Operation } from '../../core/promotion/gate';
import { environmentLabelOf, flowNameOf, situationOf } from '../../core/promotion/promotionState';
import { upstreamsOf } from '../../core/registry/promotionGraph';
import type { Environment } from '../../core/registry/types';
import { qualifiedText } from '../operations/qualified';
import { reportResult } from '../operations/reportResult';
import { tell } from '../operations/tell';
import type { CommandTarget } from './commandTarget';
import type { FlowSelection } from './flowSelection';
import { choose, pickEnvironment } from './pick';

export type FlowTarget = CommandTarget & { readonly flow: string };

/** How long a choice waits for the environments; one that has not answered by then is chosen from as it was. */
const choosingPatienceMs = 3000;

export async function chooseDeployTarget(target: FlowTarget): Promise<string | undefined> {
  return (await choose(target, environmentsOf(target), `Deploy ${nameOf(target)} to…`))?.id;
}

/** From the row of an environment a promotion leads into it; without one, from wherever the gate lets it leave. */
export async function choosePromotionSource(target: FlowTarget): Promise<string | undefined> {
  await readAgain(target);
  const all = environmentsOf(target);
  const candidates = target.environment === undefined ? all : upstreamsOf(all, target.environment);
  const allowed = candidates.filter(({ id }) => isAllowed(target, { kind: 'promote', from: id }));
  if (allowed.length > 0) {
    return (await pickEnvironment(target, allowed, 'Promote from…', (one) => promotionLabel(one, all)))?.id;
  }
  sayWhyNot(target, candidates.find(({ promotesTo }) => promotesTo !== undefined) ?? candidates[0]);
  return undefined;
}

export async function chooseUndeploySource(target: FlowTarget): Promise<string | undefined> {
  await readAgain(target);
  const deployed = environmentsOf(target).filter(({ id }) => isAllowed(target, { kind: 'undeploy', environment: id }));
  if (deployed.length === 0) {
    tell(window.showInformationMessage, `${nameOf(target)} is deployed in no environment that answers.`);
    return undefined;
  }
  return (await choose(target, deployed, `Undeploy ${nameOf(target)} from…`))?.id;
}

export async function chooseForMany({ folder, flows }: FlowSelection, title: string): Promise<string | undefined> {
  return (await choose({ folder }, environmentsOf({ folder }), `${String(flows.length)} Flows: ${title}`))?.id;
}

export async function choosePromotionForMany({ folder, flows }: FlowSelection): Promise<string | undefined> {
  const all = environmentsOf({ folder });
  const sources = all.filter(({ promotesTo, cycle }) => promotesTo !== undefined && !cycle);
  if (sources.length === 0) {
    void window.showWarningMessage('No environment promotes to another. Set promotesTo in pipebase.yaml.');
    return undefined;
  }
  return (
    await choose({ folder }, sources, `${String(flows.length)} Flows: Promote…`, (one) => promotionLabel(one, all))
  )?.id;
}

async function readAgain({ folder }: FlowTarget): Promise<void> {
  await folder.store.readAll(AbortSignal.timeout(choosingPatienceMs));
}

function environmentsOf({ folder }: CommandTarget): readonly Environment[] {
  return folder.state.registry?.environments ?? [];
}

function promotionLabel({ label, promotesTo }: Environment, all: readonly Environment[]): string {
  const next = all.find(({ id }) => id === promotesTo);
  return `${label} → ${next?.label ?? ''}`;
}

function nameOf({ folder, flow }: FlowTarget): string {
  return qualifiedText(flowNameOf(folder.state, flow), folder.store);
}

function isAllowed({ folder, flow }: FlowTarget, operation: Operation): boolean {
  return gate(operation, situationOf(folder.state, flow)).isAllowed;
}

function sayWhyNot({ folder, flow, environment = '' }: FlowTarget, source: Environment | undefined): void {
  if (!source) {
    const label = environmentLabelOf(folder.state, environment);
    tell(window.showWarningMessage, `No environment promotes to ${label}. Set promotesTo in pipebase.yaml.`);
    return;
  }
  const operation: Operation = { kind: 'promote', from: source.id };
  const verdict = gate(operation, situationOf(folder.state, flow));
  if (!verdict.isAllowed) {
    reportResult({ outcome: 'refused', reason: verdict.reason }, operation, flow, folder.store);
  }
}
