import { checkEnvironmentUrl, isInsecureUrl } from './environmentUrl';
import { chainText, findCycles } from './promotionGraph';
import {
  type EnvironmentFields,
  isSameData,
  type RegistryData,
  registryData,
  withEachFields,
  withField,
} from './registryData';
import { RegistryDraft } from './registryDraft';
import { scalarText } from './scalarText';
import type { Entry } from './yamlData';

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
    return (data) => withEachFields(data, (each, fields) => (each === id ? withField(fields, 'url', url) : fields));
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
    if (draft.isInBraces) return 'The environments stand in braces. Add one by hand.';
    const lines = [`${scalarText(id)}:`, `  url: ${scalarText(url)}`];
    if (isInsecureUrl(url)) lines.push('  allowInsecure: true');
    if (promotesTo !== undefined) lines.push(`  promotesTo: ${scalarText(promotesTo)}`);
    draft.appendEnvironment(lines);
    const fields = {
      url,
      ...(isInsecureUrl(url) && { allowInsecure: true }),
      ...(promotesTo !== undefined && { promotesTo }),
    };
    return ({ environments, rest }) => ({
      environments: [...environments, [id, fields]],
      rest: draft.isEmpty ? [['version', 1]] : rest,
    });
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
    return ({ environments, rest }) =>
      withEachFields(
        { environments: environments.map(([each, fields]) => [each === id ? newId : each, fields]), rest },
        (_, fields) => (isTarget(fields, id) ? withField(fields, 'promotesTo', newId) : fields),
      );
  });
}

/** Takes an environment away. Those that promoted to it promote to what it promoted to, or nowhere. */
export function removeEnvironment(text: string, id: string): RegistryEdit {
  return edit(text, (draft) => {
    const environment = draft.environment(id);
    if (!environment) return noSuch(id);
    const next = draft.field(environment, 'promotesTo');
    for (const each of draft.environments) {
      if (each.key.source === id || draft.field(each, 'promotesTo') !== id) continue;
      setTarget(draft, each, nextOf(each.key.source, next, id));
    }
    draft.removeEnvironment(environment);
    return ({ environments, rest }) => {
      const others = environments.filter(([each]) => each !== id);
      return withEachFields({ environments: others, rest }, (each, fields) =>
        isTarget(fields, id) ? withField(fields, 'promotesTo', nextOf(each, next, id)) : fields,
      );
    };
  });
}

/** What an environment promotes to once `removed`, which promoted to `next`, is gone. */
function nextOf(id: string, next: string | undefined, removed: string): string | undefined {
  return next === id || next === removed ? undefined : next;
}

/** Makes one environment the default, and no other. */
export function setDefaultEnvironment(text: string, id: string): RegistryEdit {
  return edit(text, (draft) => {
    const environment = draft.environment(id);
    if (!environment) return noSuch(id);
    for (const each of draft.environments) if (each.key.source !== id) draft.removeField(each, 'default');
    draft.setField(environment, 'default', 'true');
    return (data) =>
      withEachFields(data, (each, fields) => withField(fields, 'default', each === id ? true : undefined));
  });
}

/** Wires an environment to another one, or to none. A wire that closes a cycle is refused with the whole chain. */
export function setPromotionTarget(text: string, id: string, target: string | undefined): RegistryEdit {
  return edit(text, (draft) => {
    const environment = draft.environment(id);
    if (!environment) return noSuch(id);
    if (target !== undefined && !draft.environment(target)) return noSuch(target);
    const cycle = cycleWith(draft, id, target);
    if (cycle) return `Promotion would go round in a circle: ${chainText(cycle)}.`;
    setTarget(draft, environment, target);
    return (data) =>
      withEachFields(data, (each, fields) => (each === id ? withField(fields, 'promotesTo', target) : fields));
  });
}

function setTarget(draft: RegistryDraft, environment: Entry, target: string | undefined): void {
  if (target === undefined) draft.removeField(environment, 'promotesTo');
  else draft.setText(environment, 'promotesTo', target);
}

function cycleWith(draft: RegistryDraft, id: string, target: string | undefined): readonly string[] | undefined {
  const wired = draft.environments.map((each) => {
    const promotesTo = each.key.source === id ? target : draft.field(each, 'promotesTo');
    return { id: each.key.source, ...(promotesTo !== undefined && { promotesTo }) };
  });
  return findCycles(wired).find((cycle) => cycle.includes(id));
}

function isTarget({ promotesTo }: EnvironmentFields, id: string): boolean {
  return String(promotesTo) === id;
}

/** What the registry says after an edit, made of what it said before. */
type Intention = (before: RegistryData) => RegistryData;

/**
 * Runs one edit and reads its result back: a text of a shape that nobody thought of is refused, never damaged. The edit
 * answers with what is to become of the data, or with the sentence that refuses.
 */
function edit(text: string, change: (draft: RegistryDraft) => Intention | string): RegistryEdit {
  try {
    const draft = RegistryDraft.of(text);
    if (!draft) return refused('This file is not valid YAML. Correct it first.');
    if (draft.hasOddKeys) return refused(byHand);
    const before = registryData(draft);
    const intention = change(draft);
    if (typeof intention === 'string') return refused(intention);
    const edited = draft.finish();
    const after = edited === undefined ? undefined : RegistryDraft.of(edited);
    return edited !== undefined && after && isSameData(registryData(after), intention(before))
      ? { kind: 'edited', text: edited }
      : refused(byHand);
  } catch (error) {
    // Aliases that stand for too much, or for themselves.
    if (!(error instanceof RangeError)) throw error;
    return refused(byHand);
  }
}

const byHand = 'This file is written in a way that cannot be edited here. Change it by hand.';

function noSuch(id: string): string {
  return `There is no environment \`${id}\` in this file.`;
}

function refused(message: string): RegistryEdit {
  return { kind: 'refused', message };
}
