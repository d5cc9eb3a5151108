import { describeRuntimeContract } from './runtimeContract';

const { PIPEBASE_CONTRACT_URL: url, PIPEBASE_CONTRACT_TOKEN: token } = process.env;

/** Somebody's own runtime: `PIPEBASE_CONTRACT_TOKEN=<deploy token> npm run test:contract -- --url <base URL>`. */
if (url !== undefined && url !== '') {
  describeRuntimeContract(url, () => Promise.resolve({ url, token: token ?? '', close: () => Promise.resolve() }));
}
