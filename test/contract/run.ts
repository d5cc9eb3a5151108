import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

/**
 * Runs the contract against the local runtime, or against the runtime that `--url` and `--token` name. The token goes
 * on in the environment, where no list of processes shows it; `PIPEBASE_CONTRACT_TOKEN` keeps it off this line, too.
 */
const { values } = parseArgs({ options: { url: { type: 'string' }, token: { type: 'string' } } });
const { url = process.env.PIPEBASE_CONTRACT_URL, token = process.env.PIPEBASE_CONTRACT_TOKEN } = values;

const isNamed = url !== undefined && url !== '';
const spec = isNamed ? 'test/contract/namedRuntime.test.ts' : 'test/contract/**/*.test.ts';
const mocha = ['node_modules/mocha/bin/mocha.js', '--no-config', '--require', 'tsx', '--timeout', '10000', spec];
const environment = isNamed ? { PIPEBASE_CONTRACT_URL: url, PIPEBASE_CONTRACT_TOKEN: token } : {};
const run = spawn(process.execPath, mocha, { stdio: 'inherit', env: { ...process.env, ...environment } });
// Ctrl-C is for the tests, which clean up: they are waited for
process.on('SIGINT', () => undefined);
run.once('close', (code) => (process.exitCode = code ?? 1));
