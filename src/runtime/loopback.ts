/**
 * Whether a URL's host name can only mean this machine. `*.localhost` is not among them: not every resolver keeps
 * such names at home, and a token would go where the resolver says.
 */
export function isLoopbackHost(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return name === 'localhost' || name === '[::1]' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}
