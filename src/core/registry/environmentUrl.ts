/** A base URL as it is used, or the sentences that say why it is not. */
export interface EnvironmentUrl {
  /** Absent where the text is unfit to be sent to. Without a trailing slash. */
  readonly url?: string;
  /** Scheme, host and port. */
  readonly origin?: string;
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

/**
 * Checks an environment's URL (PROMOTION-MODEL, the registry): http or https, no credentials, no query. Plain http to
 * another machine is a problem unless allowed, but such an environment is still shown.
 */
export function checkEnvironmentUrl(text: string, isInsecureAllowed: boolean): EnvironmentUrl {
  const parsed = parseUrl(text);
  if (!parsed) {
    const message = `\`${withoutCredentials(text)}\` is not a URL that begins with \`http://\` or \`https://\`.`;
    return { problems: [{ code: 'bad-url', message }] };
  }
  const problems: { code: string; message: string }[] = [];
  if (parsed.username !== '' || parsed.password !== '') {
    const message = 'A URL here carries no user name or password: this file is shared. Store a deploy token instead.';
    problems.push({ code: 'url-with-credentials', message });
  }
  if (/[?#]/.test(text)) {
    problems.push({ code: 'url-with-query', message: 'This is a base URL: nothing may stand behind `?` or `#`.' });
  }
  if (problems.length > 0) return { problems };
  if (parsed.protocol === 'http:' && !isInsecureAllowed && !isLoopback(parsed.hostname)) {
    const message = `Plain http to ${parsed.host} would send the deploy token readable to all. Use https, or set \`allowInsecure: true\`.`;
    problems.push({ code: 'insecure-url', message });
  }
  return { url: `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`, origin: parsed.origin, problems };
}

/** Whether a URL that is fit otherwise needs `allowInsecure: true`. */
export function isInsecureUrl(text: string): boolean {
  return checkEnvironmentUrl(text, false).problems.some(({ code }) => code === 'insecure-url');
}

function parseUrl(text: string): URL | undefined {
  if (!/^https?:\/\/[^\s/\\]/i.test(text) || /\s/.test(text)) return undefined;
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** What is wrong is quoted in the fault; a password is not, whatever characters it has. */
function withoutCredentials(text: string): string {
  return text.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, '$1…@').slice(0, 200);
}

/**
 * Whether the host name of a URL can only mean this machine. `*.localhost` is not among them: not every resolver keeps
 * such names at home, and a token would go where the resolver says.
 */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}
