import { describeRuntimeContract } from './runtimeContract';

const { PIPEBASE_CONTRACT_URL: url, PIPEBASE_CONTRACT_TOKEN: token } = process.env;

/** Somebody's own runtime: `npm run test:contract -- --url <base URL> --token <deploy token>`. */
if (url !== undefined && url !== '') {
  describeRuntimeContract(url, () => Promise.resolve({ url, token: token ?? '', close: () => Promise.resolve() }));
}
