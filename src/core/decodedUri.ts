/** Without percent-encoding, for people to read; a percent sign that encodes nothing stands for itself. */
export function decodedUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
