export interface LocalEnvironment {
  readonly id: string;
  readonly url: string;
  readonly promotesTo?: string;
}

export function localRegistryTemplate(environments: readonly LocalEnvironment[]): string {
  return environments.map(({ id }) => id).join('\n');
}
