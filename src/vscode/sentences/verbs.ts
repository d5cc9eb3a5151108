import type { Action } from '../../core/operations/records';

/** The forms of what is done to a flow. */
interface Verb {
  readonly title: string;
  readonly done: string;
  readonly doing: string;
  readonly noun: string;
  readonly direction: 'to' | 'from';
}

export const verbs: Readonly<Record<Action, Verb>> = {
  deploy: { title: 'Deploy', done: 'Deployed', doing: 'Deploying', noun: 'A deploy', direction: 'to' },
  promote: { title: 'Promote', done: 'Promoted', doing: 'Promoting', noun: 'A promotion', direction: 'to' },
  undeploy: { title: 'Undeploy', done: 'Undeployed', doing: 'Undeploying', noun: 'An undeploy', direction: 'from' },
};
