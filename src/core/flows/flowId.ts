/**
 * The flow id that a path (posix) stands for: `<id>/flow.camel.yaml` the folder's name, `<id>.camel.yaml` or
 * `<id>.camel.yml` the base name; `undefined` where the file is no flow.
 */
export function flowIdOfPath(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const base = /^(.+)\.camel\.ya?ml$/.exec(name)?.[1];
  if (base === undefined) return undefined;
  if (name !== 'flow.camel.yaml') return base;
  return path.split('/').at(-2) ?? base;
}

/** The ids that a runtime takes in `PUT /_api/flows/:id`. */
export function isLegalFlowId(id: string): boolean {
  return /^[A-Za-z0-9._-]{1,128}$/.test(id) && id !== '.' && id !== '..';
}

/** Where the flow-level parameters of a flow file stand: `params.json`, or `<id>.params.json`, beside it. */
export function parameterFileOf(path: string): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const name = path.slice(folder.length);
  return name === 'flow.camel.yaml'
    ? `${folder}params.json`
    : `${folder}${name.replace(/\.camel\.ya?ml$/, '')}.params.json`;
}
