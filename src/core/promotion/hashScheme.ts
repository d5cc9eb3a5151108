import type { Flow } from '../flows/types';
import type { FlowContent } from '../operations/flowContent';
import { recogniseHash, type HashVariant } from './contentHash';
import type { GoodReading } from './types';

type Contents = ReadonlyMap<Flow, ReadonlyMap<string, FlowContent>>;

const told = new WeakMap<GoodReading, { readonly contents: Contents; readonly scheme: HashVariant | undefined }>();

/**
 * What the hashes of a list are made of, where a flow in it tells: one that is in sync, and reads otherwise once its
 * values are put in. Known without a deploy from here, and worked out once per list.
 */
export function schemeOfList(contents: Contents, environmentId: string, reading: GoodReading): HashVariant | undefined {
  const known = told.get(reading);
  if (known?.contents === contents) return known.scheme;
  const scheme = firstScheme(contents, environmentId, reading);
  told.set(reading, { contents, scheme });
  return scheme;
}

function firstScheme(contents: Contents, environmentId: string, { flows }: GoodReading): HashVariant | undefined {
  for (const [flow, content] of contents) {
    const { digests } = content.get(environmentId) ?? {};
    const recognised = recogniseHash(flows.get(flow.id)?.hash ?? '');
    const variant = recognised && digests?.matchingScheme(recognised, 'sent');
    if (variant && digests?.isRenderedThere) return variant;
  }
  return undefined;
}
