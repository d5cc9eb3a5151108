import type { CellStateName, FlowStatus } from '../core/promotion/types';

/** The field's words for the states of a flow in an environment (the promotion tutorial). */
export const cellLabels: Record<CellStateName, string> = {
  'in-sync': 'In sync',
  stale: 'Stale',
  'not-deployed': 'Not deployed',
  unreachable: 'Unreachable',
  unknown: 'Unknown',
};

/** The derived status of a flow over all its environments. */
export const statusLabels: Record<FlowStatus, string> = {
  healthy: 'Healthy',
  warning: 'Warning',
  failed: 'Failed',
  draft: 'Draft',
  partial: 'Partial',
};
