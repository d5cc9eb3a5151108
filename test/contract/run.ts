import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

/**
 * Runs the contract against the local runtime, or against the runtime that `--url` names, with the token that is in
 * `PIPEBASE_CONTRACT_TOKEN`: no list of processes shows it there, and npm does not print it as it prints `--token`.
 */
const { values } = parseArgs({ options: { url: { type: 'string' }, token: { type: 'string' } } });
const { url = process.env.PIPEBASE_CONTRACT_URL, token = process.env.PIPEBASE_CONTRACT_TOKEN } = values;

const isNamed = url !== undefined && url !== '';
const spec = isNamed ? 'test/contract/namedRuntime.test.ts' : 'test/contract/**/*.test.ts';
const mocha = ['node_modules/mocha/bin/mocha.js', '--no-config', '--require', 'tsx', '--timeout', '10000', spec];
const environment = isNamed ? { PIPEBASE_CONTRACT_URL: url, PIPEBASE_CONTRACT_TOKEN: token } : {};
const run = spawn(process.execPath, mocha, { stdio: 'inherit', env: { ...process.env, ...environment } });
// who ends this wants the tests ended, which clean up: they are told, and waited for
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => run.kill(signal));
run.once('close', (code) => (process.exitCode = code ?? 1));
