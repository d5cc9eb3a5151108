/** The commands of a row: package.json puts them into the menus of rows, and into no view's title. A test compares. */
const ofRows = [
  'pipebase.flow.deploy',
  'pipebase.flow.deployTo',
  'pipebase.flow.promote',
  'pipebase.flow.undeploy',
  'pipebase.flow.openMatrix',
  'pipebase.flow.openYaml',
  'pipebase.flow.showFaults',
  'pipebase.environment.refresh',
  'pipebase.environment.rename',
  'pipebase.environment.remove',
  'pipebase.environment.setDefault',
  'pipebase.environment.setPromotionTarget',
  'pipebase.environment.setToken',
  'pipebase.environment.clearToken',
  'pipebase.environment.openInRegistry',
  'pipebase.parameter.setSecret',
] as const;

/** Every command that package.json contributes; a test compares the two. */
export const commandIds = [
  ...ofRows,
  'pipebase.flow.new',
  'pipebase.matrix.open',
  'pipebase.environments.refresh',
  'pipebase.environments.setToken',
  'pipebase.environment.add',
  'pipebase.local.start',
  'pipebase.local.stop',
  'pipebase.local.reset',
  'pipebase.log.show',
] as const;

export type CommandId = (typeof commandIds)[number];

export const rowCommandIds: ReadonlySet<CommandId> = new Set(ofRows);

/** What each command does. A command without an entry is a compile error. */
export type CommandHandlers = Record<CommandId, (...args: readonly unknown[]) => Promise<void>>;
