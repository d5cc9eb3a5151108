import { displayText } from '../../core/displayText';
import type { ParameterProblem } from '../../core/parameters/types';
import type { Action } from '../../core/operations/records';
import type { FailureReason, Missed, RuntimeFailure, UncertainReason } from '../../core/operations/types';
import { unreachableSentences } from './cellSentence';
import { ownWords } from './ownWords';
import { verbs } from './verbs';

/** `Deployed Orders to test: in sync.` `hasFile`: the workspace has the flow. */
export function successSentence(
  action: Action,
  flow: string,
  environment: string,
  { from, hasFile = true }: { from?: string | undefined; hasFile?: boolean } = {},
): string {
  switch (action) {
    case 'deploy':
      return `Deployed ${flow} to ${environment}: in sync.`;
    case 'promote':
      return `Promoted ${flow} from ${from ?? 'upstream'} to ${environment}: in sync.`;
    case 'undeploy':
      return `Undeployed ${flow} from ${environment}.${hasFile ? ' The file is kept.' : ''}`;
  }
}

/** What happened, to what, and what to do. */
export function failureSentence(action: Action, flow: string, environment: string, reason: FailureReason): string {
  const { done, direction } = verbs[action];
  const start = `${flow} was not ${done.toLowerCase()} ${direction} ${environment}:`;
  switch (reason.kind) {
    case 'parameters':
      return `${start} ${parameterSentence(reason.problems)}`;
    case 'changed-meanwhile':
      return `${start} the flow, its parameters, pipebase.yaml or what runs there changed in the meantime. Nothing was sent; look again, then try again.`;
    case 'log-not-written':
      return `${start} the operations log cannot be written (${reason.detail}). Nothing was sent; mend that, then try again.`;
    case 'internal':
      return `${start} something went wrong in the extension (${reason.detail}). Refresh to see what runs there.`;
    case 'runtime':
      return `${start} ${runtimeSentence(reason)}`;
    case 'not-listed':
      return `${start} the runtime accepted it but does not list it. Its log says more.`;
    case 'no-routes':
      return `${start} the runtime has it, but none of its routes. Its log says more.`;
    case 'old-version-runs':
      return `${start} the runtime answered, but the earlier version still runs there. Refresh; if it stays so, the runtime's log says more.`;
    case 'still-listed':
      return `${start} the runtime answered, but still lists it. Refresh; if it stays so, the runtime's log says more.`;
  }
}

const missedWords: Record<Missed, string> = {
  'not-listed': 'it was not listed',
  'no-routes': 'none of its routes ran',
  'old-version-runs': 'the earlier version still ran',
  'still-listed': 'it was still listed',
};

export function unknownSentence(action: Action, flow: string, environment: string, reason: UncertainReason): string {
  const noun = action === 'undeploy' ? `Undeploying ${flow} from ${environment}` : `Sending ${flow} to ${environment}`;
  switch (reason.kind) {
    case 'cannot-read':
      return `${noun}: it is not known whether it happened, because ${environment} could not be read afterwards. Refresh when it answers again.`;
    case 'target-changed':
      return `${noun}: pipebase.yaml changed while it was being sent, so it could not be read back where it went. Refresh, and look at both runtimes.`;
    case 'no-hash':
      return `${noun}: the runtime lists it, but gives no hash to confirm the version with. Look at the runtime to be sure.`;
    case 'may-still-arrive':
      return `${noun}: the answer was lost, and when read right after, ${missedWords[reason.found]}. It may still arrive; refresh to see.`;
    case 'other-write':
      return `${noun}: it is there, but another window sent it at the same time, and whose parameters came last is not known. To be sure, deploy again.`;
    case 'not-comparable':
      return `${noun}: the runtime lists it with a hash that does not confirm this version. Refresh, and look at the runtime's log.`;
  }
}

function runtimeSentence({ error, status, detail }: RuntimeFailure): string {
  const words = ownWords(detail) && ` ${ownWords(detail)}`;
  switch (error) {
    case 'rejected':
      return `the runtime rejects it${status === undefined ? '' : ` (${status})`}.${words || ' Its log says more.'}`;
    case 'cancelled':
      return 'cancelled while it was being sent; what was there before is still there.';
    case 'server-error':
      return `the runtime answered with an error${status === undefined ? '' : ` (${status})`}.${words} Its log says more.`;
    default:
      return `${unreachableSentences[error]}${words}`;
  }
}

function parameterSentence(problems: readonly ParameterProblem[]): string {
  return `${problems.map(problemSentence).join(' ')} Nothing was sent.`;
}

function problemSentence(problem: ParameterProblem): string {
  switch (problem.kind) {
    case 'secret-not-stored':
      return `The secret parameter ${displayText(problem.key)} has no value here for this environment; set it with “Set Secret Parameter…”.`;
    case 'variable-not-set':
      return `The parameter ${displayText(problem.key)} comes from the environment variable ${displayText(problem.variable)}, which is not set; set it, and start VS Code again.`;
    case 'cycle':
      return `Parameters use one another in a circle: ${problem.chain.map((key) => displayText(key)).join(' → ')}; change one of them.`;
    case 'too-large':
      return problem.key === undefined
        ? 'With its values in it the YAML is larger than 8 MiB, which no runtime takes; look at the longest values.'
        : `The parameter ${displayText(problem.key)} is larger than 8 MiB with the values that it uses, or uses too many in turn; look at its value.`;
    case 'reserved-path':
      return 'With its values in it the YAML claims a path under /_api, which belongs to the runtime itself; look at the value in that path.';
  }
}
