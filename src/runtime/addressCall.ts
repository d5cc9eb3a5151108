import { RuntimeError } from '../core/ports';
import { isLoopback } from '../core/registry/environmentUrl';
import { proxySecrets } from './proxySecrets';
import { callError, type AddressedCall, type RuntimeCall } from './runtimeCall';
import type { RuntimeClientOptions } from './runtimeClientOptions';

/**
 * Decides what is sent where before anything is: our own rules come first. Throws a `RuntimeError`, `cancelled` where
 * the signal is aborted.
 */
export async function addressCall(
  options: RuntimeClientOptions,
  call: RuntimeCall,
  signal: AbortSignal,
): Promise<AddressedCall> {
  const url = urlOf(options.baseUrl, call);
  const forProxy = url.protocol === 'http:' ? proxySecrets(url.origin, options.proxy ?? {}, process.env) : [];
  const addressed = { ...call, url, secrets: [...(call.secrets ?? []), ...forProxy] };
  if (url.protocol === 'http:' && !options.allowInsecure && !isLoopback(url.hostname)) {
    throw callError('insecure', addressed);
  }
  // what the store says when it fails stays here: it may name what it holds
  const token = await untilAborted(options.token(), signal).catch(() => undefined);
  if (signal.aborted) throw callError('cancelled', addressed);
  // not sent with an open call; but the runtime knows it from the others, and may repeat it in this answer, too
  if (call.isOpen) return { ...addressed, secrets: [...addressed.secrets, ...(token ? [token] : [])] };
  return { ...addressed, token: checkedToken(token, addressed) };
}

function urlOf(baseUrl: string, call: RuntimeCall): URL {
  const base = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (base?.protocol !== 'http:' && base?.protocol !== 'https:') {
    throw new RuntimeError('network', { call: call.method, detail: 'the URL of the environment is not http or https' });
  }
  return new URL(`${base.origin}${base.pathname.replace(/\/+$/, '')}${call.path}`);
}

/** A keyring may ask a person first, who takes their time, or is not there. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      resolve(undefined);
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}

function checkedToken(token: string | undefined, call: AddressedCall): string {
  if (token === undefined || token === '') throw callError('no-token', call);
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw callError('no-token', call, { detail: 'what is stored has characters that no HTTP header can carry' });
}
