import type { FilePattern } from '../registry/types';

/** The folder, relative to the workspace folder, in which a new flow is found, as far as the first pattern tells. */
export function newFlowFolder(include: readonly FilePattern[] | undefined): string {
  const segments = (include?.[0]?.glob ?? '**/*').split('/').slice(0, -1);
  const wild = segments.findIndex((segment) => /[*?{}[\]]/.test(segment));
  const fixed = segments.slice(0, wild === -1 ? segments.length : wild);
  return fixed.length === 0 && segments[0] === '**' ? 'flows' : fixed.join('/');
}
