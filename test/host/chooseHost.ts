export type HostKind = 'desktop' | 'server';

export interface HostChoice {
  readonly host: HostKind;
  readonly why: string;
}

/** What the choice depends on; asked only as far as needed, because the answers take time. */
export interface HostCircumstances {
  readonly canShowWindows: () => boolean;
  readonly canDownload: () => Promise<boolean>;
  /** Whether one is installed that may be used. Default: no. */
  readonly isInstalled?: () => boolean;
}

/**
 * Desktop VS Code where one can be had and shown, else the server build.
 *
 * @param wanted `desktop`, `server` or `auto`, from the environment variable or flag that `source` names
 */
export async function chooseHost(
  wanted: string | undefined,
  source: string,
  circumstances: HostCircumstances,
): Promise<HostChoice> {
  switch (wanted) {
    case 'desktop':
    case 'server':
      return { host: wanted, why: `asked for by ${source}` };
    case 'auto':
    case '':
    case undefined:
      return chooseByCircumstances(circumstances);
    default:
      throw new Error(`${source} is "${wanted}"; it can be desktop, server or auto.`);
  }
}

async function chooseByCircumstances({
  canShowWindows,
  canDownload,
  isInstalled,
}: HostCircumstances): Promise<HostChoice> {
  if (!canShowWindows()) return { host: 'server', why: 'there is no display to show a window on' };
  if (isInstalled?.() === true) return { host: 'desktop', why: 'VS Code is installed' };
  if (await canDownload()) return { host: 'desktop', why: "VS Code's download site answers" };
  return { host: 'server', why: "VS Code's download site cannot be reached" };
}

/** Whether windows can be shown: always on macOS and Windows, on Linux with an X or Wayland display. */
export function hasDisplay(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  if (platform !== 'linux') return true;
  return [env.DISPLAY, env.WAYLAND_DISPLAY].some((name) => name !== undefined && name !== '');
}
