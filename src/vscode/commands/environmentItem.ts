import { displayText } from '../../core/displayText';
import type { Environment } from '../../core/registry/types';
import { plainText } from '../sentences/plainText';

/** What a quick pick shows of an environment. */
interface EnvironmentItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** By its name, with the id where that is another text, and the URL below. */
export function environmentItem({ id, label, url }: Pick<Environment, 'id' | 'label' | 'url'>): EnvironmentItem {
  const description = label === id ? '' : plainText(displayText(id));
  return { label: plainText(label), description, detail: plainText(url) };
}
