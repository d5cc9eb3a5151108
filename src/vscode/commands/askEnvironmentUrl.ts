import { addEnvironment } from '../../core/registry/editRegistry';
import { isInsecureUrl } from '../../core/registry/environmentUrl';
import { confirmModal } from '../operations/confirmModal';
import { askLine } from './askLine';

/**
 * Asks for the base URL of an environment that is about to be added to the text of `pipebase.yaml`. Plain http to another
 * machine is warned about while it is typed, and asked about then. Undefined where nothing is to be added.
 */
export async function askEnvironmentUrl(text: string, id: string): Promise<string | undefined> {
  const url = await askLine(
    `Add Environment ${id}`,
    'The base URL of its runtime.',
    'https://',
    (value) => addEnvironment(text, { id, url: value, allowInsecure: true }),
    (value) => (isInsecureUrl(value) ? `${insecure} Use https if the runtime speaks it.` : undefined),
  );
  if (url === undefined || !isInsecureUrl(url)) {
    return url;
  }
  const isAllowed = await confirmModal({
    message: `Use plain http for ${id}?`,
    detail: `${id} is at ${url}. ${insecure} It is added with allowInsecure: true.`,
    button: 'Allow Plain http',
  });
  return isAllowed ? url : undefined;
}

const insecure = 'Over plain http to another machine, everybody on the way can read the deploy token.';
