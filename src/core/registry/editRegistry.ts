import { checkEnvironmentUrl } from './environmentUrl';
import { RegistryDraft } from './registryDraft';

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
    const current = draft.data.entry(environment.value, 'url');
    draft.setField(environment, 'url', draft.inStyleOf(current, url));
    return (after) => {
      const changed = after.environment(id);
      return changed !== undefined && after.field(changed, 'url') === url;
    };
  });
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
