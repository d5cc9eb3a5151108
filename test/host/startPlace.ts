import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder';
import type { OwnedProcess } from './ownedProcess';
import { repositoryFolder } from './repositoryFolder';

/** Where `npm start` works, outside the checkout and the same every time, so that what a person did there is kept. */
export interface StartPlace {
  /** VS Code's user data. */
  readonly data: string;
  /** A copy of the sample workspace. */
  readonly workspace: string;
}

/** A VS Code that has been started. */
export interface Started {
  readonly process: OwnedProcess;
  /** Says why, when it ends without having been asked to. */
  readonly endedBy: string;
  readonly endIsFailure: boolean;
}

/** What differs from VS Code's defaults at the first start; the person may change it. */
export const startSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.experimentalOnboarding': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  // As on a desktop: in a browser VS Code saves by itself.
  'files.autoSave': 'off',
  // In a browser VS Code offers to open each local environment's port as a page; there is none.
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
};

/** @param prepare changes a workspace that has just been copied; one that is prepared has a place of its own */
export function startPlace(
  cache: string = cacheFolder(),
  prepare?: { readonly name: string; readonly change: (workspace: string) => void },
): StartPlace {
  const suffix = prepare ? `-${prepare.name}` : '';
  const place = { data: join(cache, `start${suffix}`), workspace: join(cache, `sample-workspace${suffix}`) };
  if (existsSync(place.workspace)) {
    console.log(`The sample workspace is in ${place.workspace} as you left it (delete it to start afresh).`);
  } else {
    cpSync(join(repositoryFolder, 'test', 'fixtures', 'sample-workspace'), place.workspace, { recursive: true });
    prepare?.change(place.workspace);
    console.log(`Copied the sample workspace to ${place.workspace}`);
  }
  return place;
}
