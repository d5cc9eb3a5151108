import { CST, Lexer } from 'yaml';
import type { FlowText } from './flowText';

/**
 * Reports the first tab that Camel's parser stumbles over, though YAML 1.2 allows it: one between tokens, unless it
 * follows a plain text or stands between the braces or brackets of a flow collection.
 */
export function reportTabs(flow: FlowText): void {
  if (!flow.text.includes('\t')) return;
  const offset = firstTab(flow.text);
  if (offset === undefined) return;
  const message = 'Camel takes no tab between keys, values and comments, nor on an empty line. Use spaces.';
  flow.report('error', 'tab', message, offset, offset + 1);
}

function firstTab(text: string): number | undefined {
  let offset = 0;
  let depth = 0;
  // The lexer puts a mark before each plain or block text, and one before the document; they are no part of the text.
  let before: string | undefined;
  for (const lexeme of new Lexer().lex(text)) {
    const isMark = lexeme === CST.SCALAR || lexeme === CST.DOCUMENT || lexeme === CST.FLOW_END;
    const isTextOfScalar = before === CST.SCALAR;
    if (!isMark) {
      const isBetweenTokens = !isTextOfScalar && depth === 0 && before !== plainText;
      if (isBetweenTokens && /^[ \t]*\t[ \t]*$/.test(lexeme)) return offset + lexeme.indexOf('\t');
      if (lexeme === '{' || lexeme === '[') depth += isTextOfScalar ? 0 : 1;
      if (lexeme === '}' || lexeme === ']') depth -= isTextOfScalar ? 0 : 1;
      offset += lexeme.length;
    }
    before = isTextOfScalar ? plainText : lexeme;
  }
  return undefined;
}

/** Stands for a text that the lexer marked. */
const plainText = 'plain text';
