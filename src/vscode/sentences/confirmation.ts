import { displayText } from '../../core/displayText';
import type { OperationPlan, PlanWarning } from '../../core/operations/types';
import { verbs } from './verbs';

export interface Confirmation {
  readonly message: string;
  readonly detail: string;
  /** The button: a verb and the target. */
  readonly button: string;
}

/** The question before a change: it names the flow, the environment and its URL. */
export function confirmation(plan: OperationPlan): Confirmation {
  const { label, url, isProtected } = plan.target;
  const lines = [
    `${label} is at ${url}${isProtected ? ' and is protected' : ''}.`,
    plan.operation.kind === 'undeploy' ? removalLine(plan.warnings) : parameterLine(plan),
    ...plan.warnings.map(warningSentence),
  ].filter((line) => line !== '');
  return { message: question(plan), detail: lines.join('\n\n'), button: button(plan) };
}

function question({ operation, flowName, source, target }: OperationPlan): string {
  switch (operation.kind) {
    case 'deploy':
      return `Deploy ${flowName} to ${target.label}?`;
    case 'promote':
      return `Promote ${flowName} from ${source?.label ?? operation.from} to ${target.label}?`;
    case 'undeploy':
      return `Undeploy ${flowName} from ${target.label}?`;
  }
}

function button({ operation, target, warnings }: OperationPlan): string {
  const { title, direction } = verbs[operation.kind];
  const isMissing = warnings.some(({ kind }) => kind === 'missing-parameters');
  return isMissing ? `${title} Anyway` : `${title} ${direction} ${target.label}`;
}

function removalLine(warnings: readonly PlanWarning[]): string {
  const hasFile = warnings.every(({ kind }) => kind !== 'not-in-workspace');
  return `Its routes are stopped and removed there.${hasFile ? ' The file here is kept.' : ''}`;
}

/** Of parameters that nothing here defines a warning tells. */
function parameterLine({ parameterNames, warnings }: OperationPlan): string {
  if (parameterNames.length === 0) {
    return 'It uses no parameters.';
  }
  const missing = new Set(warnings.flatMap((warning) => (warning.kind === 'missing-parameters' ? warning.keys : [])));
  const names = parameterNames.filter((name) => !missing.has(name));
  switch (names.length) {
    case 0:
      return '';
    case 1:
      return `It uses the parameter ${listed(names)}, with its value for that environment.`;
    default:
      return `It uses the parameters ${listed(names)}, with their values for that environment.`;
  }
}

/** Keys are from files, and may be anything. */
function listed(keys: readonly string[]): string {
  return keys.map((key) => displayText(key)).join(', ');
}

function warningSentence(warning: PlanWarning): string {
  switch (warning.kind) {
    case 'missing-parameters':
      return `Nothing here defines ${listed(warning.keys)}. The runtime may know ${warning.keys.length === 1 ? 'it' : 'them'} from its own properties; if not, the route does not start.`;
    case 'overwrites-remote':
      return 'Someone else deployed another version since the last deploy from here; it will be replaced.';
    case 'not-in-workspace':
      return 'This workspace does not have the flow, so it cannot be deployed again from here.';
  }
}
