import type { HostMessage } from '../../src/shared/messages';

/**
 * Takes a message of the extension, and nothing else that may be posted to this page. Only the shape that drawing
 * relies on is looked at: the extension builds the view and is the one to trust.
 */
export function readHostMessage(data: unknown): HostMessage | undefined {
  return isRecord(data) && data.type === 'view' && isView(data.view) ? (data as unknown as HostMessage) : undefined;
}

function isView(value: unknown): boolean {
  return isRecord(value) && isScope(value.scope) && isListOf(value.folders, isFolder) && isEmptyOrAbsent(value.empty);
}

function isScope(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return value.kind === 'all' || (value.kind === 'flow' && hasTexts(value, ['folder', 'flow']));
}

function isFolder(value: unknown): boolean {
  return (
    isRecord(value) &&
    hasTexts(value, ['key']) &&
    isListOf(value.environments, isEnvironment) &&
    isListOf(value.flows, isFlow) &&
    isEmptyOrAbsent(value.empty)
  );
}

function isEnvironment(value: unknown): boolean {
  return (
    isRecord(value) &&
    hasTexts(value, ['id', 'label', 'url', 'health', 'healthText', 'readText']) &&
    (value.promotesTo === undefined || (isRecord(value.promotesTo) && hasTexts(value.promotesTo, ['id', 'label'])))
  );
}

function isFlow(value: unknown): boolean {
  return (
    isRecord(value) && hasTexts(value, ['id', 'displayName', 'status', 'statusLabel']) && isListOf(value.cells, isCell)
  );
}

function isCell(value: unknown): boolean {
  return (
    isRecord(value) && hasTexts(value, ['environment', 'state', 'label', 'reason']) && isListOf(value.actions, isAction)
  );
}

function isAction(value: unknown): boolean {
  return (
    isRecord(value) &&
    hasTexts(value, ['label', 'description', 'emphasis']) &&
    isRecord(value.message) &&
    hasTexts(value.message, ['kind'])
  );
}

function isEmptyOrAbsent(value: unknown): boolean {
  if (value === undefined) return true;
  if (!isRecord(value) || !hasTexts(value, ['text'])) return false;
  const action = value.action;
  return action === undefined || (isRecord(action) && hasTexts(action, ['label', 'command']));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function hasTexts(record: Record<string, unknown>, names: readonly string[]): boolean {
  return names.every((name) => typeof record[name] === 'string');
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}
