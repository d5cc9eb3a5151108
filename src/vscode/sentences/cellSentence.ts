import type { CellState, UnreachableReason } from '../../core/promotion/types';
import { ownWords } from './ownWords';

/** Why an environment cannot be used, and what to do. Without its name, which stands beside it. */
export const unreachableSentences: Record<UnreachableReason, string> = {
  'no-token': 'No deploy token is stored here. Set it to see what runs.',
  restricted: 'Nothing is sent in Restricted Mode. Trust this workspace to see what runs.',
  insecure: 'Its URL is plain http to another machine: a token is not sent there. Use https, or set allowInsecure.',
  network: 'It does not answer. Check that the runtime runs and that its URL is right.',
  timeout: 'It did not answer in time. Check the runtime, or raise timeoutMs.',
  tls: 'There is no secure connection to it. Check its url and tls in pipebase.yaml.',
  proxy: 'The proxy does not let the request through. Check http.proxy, or name this host in http.noProxy.',
  unauthorized: 'It does not accept the deploy token. Set the token that the runtime was started with.',
  'token-not-configured': 'The runtime has no deploy token: start it with PIPEBASE_DEPLOY_TOKEN set.',
  'server-error': 'The runtime answers with an error of its own. Its log says more.',
  'rate-limited': 'It is asked too often and wants a pause. Refresh in a while.',
  rejected: 'The runtime refuses the request. Check that its URL is right; its log says more.',
  redirect: 'The runtime points to another origin; the token is not sent there. Correct the URL.',
  'unexpected-answer': 'What answers there does not speak the Pipebase API. Check the URL.',
};

/** With the runtime's own words, where it has some. */
export function unreachableSentence(failure: { readonly reason: UnreachableReason; readonly detail?: string }): string {
  return [unreachableSentences[failure.reason], ownWords(failure.detail)].filter(Boolean).join(' ');
}

/**
 * Why a cell is as it is; empty where the label says it all. `whyUnreachable`: what is said of its environment, where that is
 * known better than by the cell alone.
 */
export function cellSentence(cell: CellState, whyUnreachable?: string): string {
  switch (cell.state) {
    case 'in-sync':
      return '';
    case 'not-deployed':
      return '';
    case 'stale':
      return staleSentences[cell.reason];
    case 'unreachable':
      return whyUnreachable ?? unreachableSentence(cell);
    case 'unknown':
      return cell.reason === 'write-outcome-unread'
        ? `${unknownSentences[cell.reason]} ${whyUnreachable ?? unreachableSentences[cell.unreachable]}`
        : unknownSentences[cell.reason];
  }
}

const staleSentences: Record<(CellState & { state: 'stale' })['reason'], string> = {
  yaml: 'The YAML here differs from what runs there.',
  parameters: 'Parameters have changed since the last deploy.',
  remote: 'Someone else deployed another version since.',
  both: 'The YAML here has changed, and someone else deployed another version.',
};

const unknownSentences: Record<(CellState & { state: 'unknown' })['reason'], string> = {
  'not-read': '',
  'no-routes': "Listed there, but none of its routes runs. The runtime's log says more.",
  'no-hash': 'Deployed, but the runtime gives no hash to compare with.',
  'hash-not-recognised': 'Deployed, but its hash is of a kind that cannot be compared.',
  'unresolved-parameters':
    'A value that belongs into the YAML is missing here, or a secret that is read only when it is sent: there is nothing to compare.',
  'not-in-workspace': 'Deployed there; this workspace has no such flow.',
  'write-outcome': 'Whether the last change arrived could not be read. Deploy again to be sure.',
  'write-outcome-unread': 'Whether the last change arrived is not known, and cannot be read now.',
};
