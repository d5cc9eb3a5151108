import { CST, Lexer } from 'yaml';

/**
 * The offset of the first quote, bracket or brace that is never closed: undefined where there is none. What is closed by
 * the wrong bracket, or ends because a line is indented too little (YAML 1.2, flow styles), is not closed.
 */
export function findUnclosed(text: string): number | undefined {
  const open: number[] = [];
  for (const { source, offset } of tokensOf(text)) {
    if (source === CST.FLOW_END && open.length > 0) break;
    if (/^["']/.test(source) && (source.length === 1 || !source.endsWith(source.charAt(0)))) return offset;
    if (source === '[' || source === '{') open.push(offset);
    if (source === ']' || source === '}') {
      const opened = open.pop();
      if (opened !== undefined && text[opened] !== openers[source]) return opened;
    }
  }
  return open.at(-1);
}

const openers = { ']': '[', '}': '{' };

/** The lexer's tokens with their places, without plain and block texts: brackets in those are none. */
function* tokensOf(text: string): Generator<{ readonly source: string; readonly offset: number }> {
  let offset = 0;
  let isText = false;
  for (const source of new Lexer().lex(text)) {
    if (!isText) yield { source, offset };
    isText = source === CST.SCALAR;
    // The lexer's own marks stand for nothing in the text.
    if (!isText && source !== CST.DOCUMENT && source !== CST.FLOW_END) offset += source.length;
  }
}
