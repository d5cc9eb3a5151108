/** Every command that package.json contributes; a test compares the two. */
export const commandIds = [
  'pipebase.flow.deploy',
  'pipebase.flow.deployTo',
  'pipebase.flow.promote',
  'pipebase.flow.undeploy',
  'pipebase.flow.openMatrix',
  'pipebase.flow.new',
  'pipebase.flow.openYaml',
  'pipebase.flow.showFaults',
  'pipebase.matrix.open',
  'pipebase.environments.refresh',
  'pipebase.environment.refresh',
  'pipebase.environment.add',
  'pipebase.environment.rename',
  'pipebase.environment.remove',
  'pipebase.environment.setDefault',
  'pipebase.environment.setPromotionTarget',
  'pipebase.environment.setToken',
  'pipebase.environment.clearToken',
  'pipebase.environment.openInRegistry',
  'pipebase.parameter.setSecret',
  'pipebase.local.start',
  'pipebase.local.stop',
  'pipebase.local.reset',
  'pipebase.log.show',
] as const;

/** Those that package.json puts into the menus of rows and not into a view's title; the same test compares. */
export const rowCommandIds: ReadonlySet<CommandId> = new Set([
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
]);

export type CommandId = (typeof commandIds)[number];

/** What each command does. A command without an entry is a compile error. */
export type CommandHandlers = Record<CommandId, (...args: readonly unknown[]) => Promise<void>>;
