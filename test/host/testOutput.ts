import { format } from 'node:util';

/** Invisible, and nothing that VS Code logs begins with it. */
const mark = '\u2063';

/**
 * What an extension host writes to its console reaches us among all that VS Code itself logs. From now on what is written
 * with the returned function is marked as the tests' own.
 */
export function markedWriter(write: (line: string) => void): (...parts: unknown[]) => void {
  return (...parts) => {
    // Formatted here: on its way through VS Code a `%` in a value would be taken for a placeholder.
    write(`${mark}${format(...parts)}`);
  };
}

/** The tests' own line, or undefined when it is VS Code's. */
export function testOutput(line: string): string | undefined {
  return line.startsWith(mark) ? line.slice(mark.length) : undefined;
}

/** A stretch of output without the marks. */
export function withoutMarks(text: string): string {
  return text.replaceAll(mark, '');
}
