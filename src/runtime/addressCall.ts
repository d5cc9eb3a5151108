import { RuntimeError } from '../core/ports';
import { isLoopback } from '../core/registry/environmentUrl';
import { callError, type AddressedCall, type RuntimeCall } from './runtimeCall';
import type { RuntimeClientOptions } from './runtimeClientOptions';

/** Decides what is sent where before anything is: our own rules come first. */
export async function addressCall(options: RuntimeClientOptions, call: RuntimeCall): Promise<AddressedCall> {
  const url = urlOf(options.baseUrl, call);
  const addressed = { ...call, url };
  if (url.protocol === 'http:' && !options.allowInsecure && !isLoopback(url.hostname)) {
    throw callError('insecure', addressed);
  }
  if (call.isOpen) return { ...addressed, secrets: [...(call.secrets ?? []), ...(await readUnsent(options))] };
  const token = await readToken(options, addressed);
  return { ...addressed, token };
}

function urlOf(baseUrl: string, call: RuntimeCall): URL {
  const base = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (base?.protocol !== 'http:' && base?.protocol !== 'https:') {
    throw new RuntimeError('network', { call: call.method, detail: 'the URL of the environment is not http or https' });
  }
  return new URL(`${base.origin}${base.pathname.replace(/\/+$/, '')}${call.path}`);
}

/** For a call that does not carry it: the runtime knows the token from others, and may repeat it in this answer, too. */
async function readUnsent(options: RuntimeClientOptions): Promise<readonly string[]> {
  const token = await options.token().catch(() => undefined);
  return token ? [token] : [];
}

async function readToken(options: RuntimeClientOptions, call: AddressedCall): Promise<string> {
  // what the store says when it fails stays here: it may name what it holds
  const token = await options.token().catch(() => undefined);
  if (token === undefined || token === '') throw callError('no-token', call);
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw callError('no-token', call, { detail: 'what is stored has characters that no HTTP header can carry' });
}
