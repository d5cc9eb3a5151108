import { visibleText } from '../../core/displayText';

/**
 * Text from a file or a runtime, fit for VS Code's messages, titles and picks: there `[a](command:b)` would be a link that
 * runs a command, and `$(name)` an icon. A zero-width space keeps both what they are, text. Nothing else unseen stays.
 */
export function plainText(text: string): string {
  return visibleText(text).replaceAll('](', ']\u200b(').replaceAll('$(', '$\u200b(');
}
