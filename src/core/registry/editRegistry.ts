/** A changed text, or the sentence that says why it was left alone. */
export type RegistryEdit =
  { readonly kind: 'edited'; readonly text: string } | { readonly kind: 'refused'; readonly message: string };

export function setEnvironmentUrl(text: string, id: string, url: string): RegistryEdit {
  return { kind: 'refused', message: `Not written yet: ${text.length} ${id} ${url}` };
}
