export const localEnvironmentIds = ['dev', 'test', 'staging', 'prod'] as const;

/** The first port from `from` upwards that is not in `taken` and that nothing on this machine listens on. */
export function findFreePort(from: number, taken: ReadonlySet<number>): Promise<number> {
  return Promise.reject(new Error(`not written yet: ${from} ${taken.size}`));
}

/** One free port for each environment, from 8181 upwards. */
export function chooseLocalPorts(
  environmentIds: readonly string[] = localEnvironmentIds,
  from = 8181,
): Promise<{ id: string; port: number }[]> {
  return Promise.reject(new Error(`not written yet: ${environmentIds.length} ${from}`));
}
