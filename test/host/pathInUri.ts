/** A file's path as the path of a URI: `C:\x` is `/C:/x` there. */
export function pathInUri(path: string, platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? `/${path.replaceAll('\\', '/')}` : path;
}
