/**
 * README.md as it can be read in an installed extension, where neither its pictures nor the repository around it are:
 * such pictures are left out, and of a link to a file its words remain.
 */
export function packedReadme(readme: string): string {
  return readme
    .replaceAll(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n+/gm, '')
    .replaceAll(/\[([^\]]*)\]\((?!https:|#)[^)]*\)/g, '$1');
}
