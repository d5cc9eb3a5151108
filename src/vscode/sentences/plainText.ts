/**
 * Text from a file or a runtime, fit for VS Code's messages, titles and picks: there `[a](command:b)` would be a link that
 * runs a command, and `$(name)` an icon. A zero-width space keeps both what they are, text.
 */
export function plainText(text: string): string {
  return text.replaceAll('](', ']\u200b(').replaceAll('$(', '$\u200b(');
}
