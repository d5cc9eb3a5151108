/**
 * A text as a YAML scalar on one line: plain where that is surely the same text in every YAML version, else quoted as it
 * was before, else in double quotes (JSON's strings are YAML's, too).
 */
export function scalarText(text: string, quotes: 'single' | 'double' | 'none' = 'none'): string {
  const isPlain = /^\p{L}[\p{L}\w./-]*(?: [\p{L}\w./-]+)*(?::\/\/[\w.:/-]*\w)?$/u.test(text) && !reserved.test(text);
  if (quotes === 'none' && isPlain) return text;
  const isPrintable = /^[\x20-\x7e]*$/.test(text);
  if (quotes === 'single' && isPrintable) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text);
}

const reserved = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
