import { get } from 'node:http';
import { instanceOf, localRuntimeName } from './answerRequest';

const timeoutMs = 1500;
const maxAnswerLength = 1024 * 1024;

/**
 * Whether the port is held by the local runtime of the same environment of the same project, in another window of the
 * editor. Every project's `dev` begins at the same port: another project's is another program.
 */
export async function isHeldBySameEnvironment(
  port: number,
  environmentId: string,
  directory: string,
): Promise<boolean> {
  const health = parse(await readHealth(port));
  return (
    health?.runtime === localRuntimeName &&
    health.environment === environmentId &&
    health.instance === instanceOf(directory)
  );
}

interface Health {
  readonly runtime?: unknown;
  readonly environment?: unknown;
  readonly instance?: unknown;
}

/** The text of the health answer; empty where there is none. No token goes to a program that nobody knows. */
function readHealth(port: number): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const request = get({ host: '127.0.0.1', port, path: '/_api/health', agent: false }, (response) => {
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (text.length > maxAnswerLength) request.destroy();
      });
      response.on('end', () => {
        resolve(text);
      });
    });
    const timer = setTimeout(() => request.destroy(), timeoutMs);
    request
      .on('error', () => undefined)
      .on('close', () => {
        clearTimeout(timer);
        resolve('');
      });
  });
}

function parse(text: string): Health | undefined {
  try {
    return JSON.parse(text) as Health;
  } catch {
    return undefined;
  }
}
