import { decodedUri } from '../../core/decodedUri';
import { displayText, visibleText } from '../../core/displayText';
import type { GateReason } from '../../core/promotion/gate';
import type { CellState } from '../../core/promotion/types';
import type { Fault } from '../../core/source';
import { chainText } from '../../core/registry/promotionGraph';
import { cellLabels } from '../../shared/labels';
import { cellSentence, unreachableSentences } from './cellSentence';
import { verbs } from './verbs';

/** Why an operation is not possible, and what to do. `label` gives an environment's name for its id. */
export function gateSentence(reason: GateReason, flow: string, label: (environmentId: string) => string): string {
  switch (reason.kind) {
    case 'restricted':
      return 'This workspace is in Restricted Mode: nothing is sent to a runtime. Trust the workspace first.';
    case 'no-such-environment':
      return `pipebase.yaml has no usable environment ${displayText(reason.environment)}.`;
    case 'no-such-flow':
      return `The workspace has no flow ${flow}.`;
    case 'illegal-id':
      return `${flow} cannot be deployed: a flow's id may hold letters, digits, dot, underscore and hyphen only, at most 128. Rename the file.`;
    case 'duplicate-id':
      return `${flow} cannot be deployed: another file has the same flow id. Rename one of them, or leave it out with flows.exclude in pipebase.yaml.`;
    case 'faulty-flow':
      return `${flow} cannot be deployed: ${reason.fault ? faultSentence(reason.fault) : 'its YAML has a fault. See the Problems panel.'}`;
    case 'not-read':
      return `${label(reason.environment)} has not been read yet. Refresh, then try again.`;
    case 'unreachable':
      return `${label(reason.environment)} cannot be used now. ${unreachableSentences[reason.reason]}`;
    case 'busy':
      return `${verbs[reason.action].noun} of ${flow} is under way in ${label(reason.environment)}. Wait until it has ended.`;
    case 'no-target':
      return `${label(reason.environment)} promotes to no environment. Set promotesTo in pipebase.yaml.`;
    case 'on-cycle':
      return `Promotion is switched off here: promotesTo runs in a circle (${chainText(reason.chain.map((id) => displayText(id)))}). Mend pipebase.yaml.`;
    case 'not-in-sync':
      return notInSync(flow, label(reason.environment), reason.cell);
    case 'target-in-sync':
      return `${flow} is in sync in ${label(reason.environment)} already.`;
    case 'not-deployed':
      return `${flow} is not deployed in ${label(reason.environment)}.`;
  }
}

/** The fault may be in a file beside the flow's. */
function faultSentence({ message, file, range }: Fault): string {
  const name = decodedUri(file.slice(file.lastIndexOf('/') + 1));
  return visibleText(`${message} See ${name}, line ${String(range.start.line + 1)}.`);
}

function notInSync(flow: string, environment: string, cell: CellState): string {
  const state = `${flow} is ${cellLabels[cell.state].toLowerCase()} in ${environment}`;
  const why = cellSentence(cell);
  return `${state}; it can be promoted only from where it is in sync. ${why === '' ? '' : `${why} `}Deploy it to ${environment} first.`;
}
