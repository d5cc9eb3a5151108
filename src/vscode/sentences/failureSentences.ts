import { ownWords } from './ownWords';

/** One sentence for each that failed, by its name: `dev: it runs elsewhere.` */
export function failureSentences(failures: Iterable<readonly [name: string, reason: string]>): string {
  return [...failures].map(([name, reason]) => `${name}: ${ownWords(reason)}`).join(' ');
}
