import { decodedUri } from '../core/decodedUri';
import { isLoopback } from '../core/registry/environmentUrl';
import type { ProxySettings } from './runtimeClientOptions';

export interface ChosenProxy {
  /** Without credentials. */
  readonly url: string;
  /** Value of the `Proxy-Authorization` header. */
  readonly authorization?: string;
  /** Of a SOCKS proxy, which has no headers. */
  readonly credentials?: ProxyCredentials;
  readonly strictSSL: boolean;
}

export interface ProxyCredentials {
  readonly username: string;
  readonly password: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an origin, or undefined for a direct connection. The editor's setting wins over the
 * variables: `HTTPS_PROXY` or `HTTP_PROXY`, as the origin's scheme has it, and then `ALL_PROXY`, each in lower case
 * first. A host that either `http.noProxy` or `NO_PROXY` names is reached directly, and so is this machine.
 */
export function chooseProxy(origin: string, settings: ProxySettings, variables: Variables): ChosenProxy | undefined {
  const target = new URL(origin);
  if (isLoopback(target.hostname) && settings.coversLoopback !== true) return undefined;
  const url = [settings.url?.trim(), proxyVariable(target.protocol, variables)].find((text) => !!text);
  if (url === undefined || isExcluded(target, exclusions(settings, variables))) return undefined;
  const { strictSSL = true } = settings;
  return { strictSSL, ...withoutCredentials(withScheme(url), settings.authorization) };
}

export function isSocks(url: string): boolean {
  return /^socks/i.test(url);
}

/** `user:password@` in the address is a way to say `Proxy-Authorization`; the setting for it wins. */
function withoutCredentials(text: string, setting: string | undefined): Omit<ChosenProxy, 'strictSSL'> {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  const credentials = parsed && credentialsOf(parsed);
  const url = parsed && credentials ? `${parsed.protocol}//${parsed.host}` : text;
  if (isSocks(url)) return { url, ...(credentials ? { credentials } : {}) };
  const isSet = setting !== undefined && setting !== '';
  const authorization = isSet ? setting : credentials && basicAuthorization(credentials);
  return { url, ...(authorization === undefined ? {} : { authorization }) };
}

function credentialsOf({ username, password }: URL): ProxyCredentials | undefined {
  if (username === '' && password === '') return undefined;
  return { username: decodedUri(username), password: decodedUri(password) };
}

function basicAuthorization({ username, password }: ProxyCredentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function proxyVariable(protocol: string, variables: Variables): string | undefined {
  const names = protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY'];
  return [...names, 'all_proxy', 'ALL_PROXY'].map((name) => variables[name]).find((value) => !!value);
}

function withScheme(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`;
}

function exclusions(settings: ProxySettings, variables: Variables): string[] {
  const fromVariables = variables.no_proxy ?? variables.NO_PROXY ?? '';
  return [...(settings.noProxy ?? []), ...fromVariables.split(/[,\s]+/)].map((entry) => entry.trim()).filter(Boolean);
}

/** `*`, `host`, `.host`, `*.host`, each with an optional `:port`; a host stands for its subdomains too. */
function isExcluded(target: URL, entries: readonly string[]): boolean {
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  const host = target.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  return entries.some((entry) => {
    if (entry === '*') return true;
    const [name, entryPort] = splitPort(entry.toLowerCase());
    if (entryPort !== undefined && entryPort !== port) return false;
    return host === name || host.endsWith(`.${name}`);
  });
}

function splitPort(entry: string): [string, string | undefined] {
  const bracketed = /^\[(.+)\](?::(\d+))?$/.exec(entry);
  const plain = /^([^:]+):(\d+)$/.exec(entry);
  const [, name = entry, port] = bracketed ?? plain ?? [];
  return [name.replace(/^\*?\./, ''), port];
}
