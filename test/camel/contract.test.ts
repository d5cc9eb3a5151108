import { describeCanonicalShapes } from '../contract/canonicalShapes';
import type { OpenedRuntime } from '../contract/contractRuntime';
import { describeRuntimeContract } from '../contract/runtimeContract';
import { camelRuntimes } from './rootHooks';
import { camelEnvironments, type CamelEnvironment } from './startCamelRuntimes';

/** They go on running for the tests that follow. */
function open(id: CamelEnvironment): Promise<OpenedRuntime> {
  const { url, token } = camelRuntimes().of(id);
  return Promise.resolve({ url, token, close: () => Promise.resolve() });
}

for (const id of camelEnvironments) {
  describeRuntimeContract(`Apache Camel, ${id}`, () => open(id));
  describeCanonicalShapes(`Apache Camel, ${id}`, () => open(id));
}
