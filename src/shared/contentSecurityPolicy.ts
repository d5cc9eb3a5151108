/** What the matrix page may load: our own script, by nonce, and the style of `styleSource`. Nothing else. */
export function contentSecurityPolicy(nonce: string, styleSource: string): string {
  return `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${styleSource};`;
}
