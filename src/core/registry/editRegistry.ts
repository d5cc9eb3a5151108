import { checkEnvironmentUrl, isInsecureUrl } from './environmentUrl';
import { findCycles } from './promotionGraph';
import { RegistryDraft } from './registryDraft';
import { scalarText } from './scalarText';

/** A changed text, or the sentence that says why it was left alone. */
export type RegistryEdit =
  { readonly kind: 'edited'; readonly text: string } | { readonly kind: 'refused'; readonly message: string };

/** Points an environment at another URL. Everything but that one scalar stays byte for byte. */
export function setEnvironmentUrl(text: string, id: string, url: string): RegistryEdit {
  const [problem] = checkEnvironmentUrl(url, true).problems;
  if (problem) return refused(problem.message);
  return edit(text, (draft) => {
    const environment = draft.environment(id);
    if (!environment) return noSuch(id);
    draft.setText(environment, 'url', url);
    return (after) => {
      const changed = after.environment(id);
      return changed !== undefined && after.field(changed, 'url') === url;
    };
  });
}

export interface NewEnvironment {
  readonly id: string;
  readonly url: string;
  /** Says in the file that plain http to another machine is meant; not written where it is not needed. */
  readonly allowInsecure?: boolean;
  readonly promotesTo?: string;
}

/** Adds an environment behind the last one. One that could not be used, plain http to another machine, is refused. */
export function addEnvironment(text: string, environment: NewEnvironment): RegistryEdit {
  const { id, url, promotesTo, allowInsecure = false } = environment;
  const [problem] = checkEnvironmentUrl(url, allowInsecure).problems;
  if (problem) return refused(problem.message);
  return edit(text, (draft) => {
    if (id.trim() === '') return 'An environment needs an id.';
    if (draft.environment(id)) return `There is an environment \`${id}\` already.`;
    if (promotesTo !== undefined && !draft.environment(promotesTo)) return noSuch(promotesTo);
    if (!draft.isEnvironmentsBlock) return 'The environments stand in braces. Add one by hand.';
    const lines = [`${scalarText(id)}:`, `  url: ${scalarText(url)}`];
    if (isInsecureUrl(url)) lines.push('  allowInsecure: true');
    if (promotesTo !== undefined) lines.push(`  promotesTo: ${scalarText(promotesTo)}`);
    draft.appendEnvironment(lines);
    return (after) =>
      hasFields(after, id, { url, promotesTo }) && after.environments.length === draft.environments.length + 1;
  });
}

/**
 * Gives an environment another id, here and where others promote to it. Tokens, secrets and records are kept under the id
 * elsewhere: whoever renames takes them along.
 */
export function renameEnvironment(text: string, id: string, newId: string): RegistryEdit {
  return edit(text, (draft) => {
    const environment = draft.environment(id);
    if (!environment) return noSuch(id);
    if (newId.trim() === '') return 'An environment needs an id.';
    if (draft.environment(newId)) return `There is an environment \`${newId}\` already.`;
    draft.replaceKey(environment, newId);
    const upstreams = draft.environments.filter((each) => draft.field(each, 'promotesTo') === id);
    for (const upstream of upstreams) draft.setText(upstream, 'promotesTo', newId);
    return (after) => after.environment(newId) !== undefined && !after.environment(id) && !isTarget(after, id);
  });
}

/** Takes an environment away. Those that promoted to it promote to what it promoted to, or nowhere. */
export function removeEnvironment(text: string, id: string): RegistryEdit {
  return edit(text, (draft) => {
    const environment = draft.environment(id);
    if (!environment) return noSuch(id);
    const next = draft.field(environment, 'promotesTo');
    for (const each of draft.environments) {
      if (each === environment || draft.field(each, 'promotesTo') !== id) continue;
      if (next === undefined || next === each.key.source) draft.removeField(each, 'promotesTo');
      else draft.setText(each, 'promotesTo', next);
    }
    draft.removeEnvironment(environment);
    return (after) =>
      !after.environment(id) && !isTarget(after, id) && after.environments.length === draft.environments.length - 1;
  });
}

/** Makes one environment the default, and no other. */
export function setDefaultEnvironment(text: string, id: string): RegistryEdit {
  return edit(text, (draft) => {
    const environment = draft.environment(id);
    if (!environment) return noSuch(id);
    for (const each of draft.environments) if (each.key.source !== id) draft.removeField(each, 'default');
    draft.setField(environment, 'default', 'true');
    return (after) =>
      after.environments.every(
        (each) => after.field(each, 'default') === (each.key.source === id ? 'true' : undefined),
      );
  });
}

/** Wires an environment to another one, or to none. A wire that closes a cycle is refused with the whole chain. */
export function setPromotionTarget(text: string, id: string, target: string | undefined): RegistryEdit {
  return edit(text, (draft) => {
    const environment = draft.environment(id);
    if (!environment) return noSuch(id);
    if (target !== undefined && !draft.environment(target)) return noSuch(target);
    const cycle = cycleWith(draft, id, target);
    if (cycle) return `Promotion would go round in a circle: ${cycle.join(' → ')}.`;
    if (target === undefined) draft.removeField(environment, 'promotesTo');
    else draft.setText(environment, 'promotesTo', target);
    return (after) => hasFields(after, id, { promotesTo: target });
  });
}

function cycleWith(draft: RegistryDraft, id: string, target: string | undefined): readonly string[] | undefined {
  const wired = draft.environments.map((each) => {
    const promotesTo = each.key.source === id ? target : draft.field(each, 'promotesTo');
    return { id: each.key.source, ...(promotesTo !== undefined && { promotesTo }) };
  });
  return findCycles(wired).find((cycle) => cycle.includes(id));
}

function hasFields(draft: RegistryDraft, id: string, fields: Readonly<Record<string, string | undefined>>): boolean {
  const environment = draft.environment(id);
  return (
    environment !== undefined && Object.entries(fields).every(([name, text]) => draft.field(environment, name) === text)
  );
}

function isTarget(draft: RegistryDraft, id: string): boolean {
  return draft.environments.some((each) => draft.field(each, 'promotesTo') === id);
}

/** Tells whether an edited text came out as it was meant. */
type Check = (after: RegistryDraft) => boolean;

/**
 * Runs one edit and reads its result back: a text of a shape that nobody thought of is refused, never damaged. The edit
 * answers with the check, or with the sentence that refuses.
 */
function edit(text: string, change: (draft: RegistryDraft) => Check | string): RegistryEdit {
  const draft = RegistryDraft.of(text);
  if (!draft) return refused('This file is not valid YAML. Correct it first.');
  const check = change(draft);
  if (typeof check === 'string') return refused(check);
  const edited = draft.finish();
  const after = RegistryDraft.of(edited);
  if (!after || !check(after))
    return refused('This file is written in a way that cannot be edited here. Change it by hand.');
  return { kind: 'edited', text: edited };
}

function noSuch(id: string): string {
  return `There is no environment \`${id}\` in this file.`;
}

function refused(message: string): RegistryEdit {
  return { kind: 'refused', message };
}
