import { onSignals } from './atExit';
import { chooseHost, hasDisplay } from './chooseHost';
import { canDownloadDesktop } from './desktopBuild';
import { buildExtension } from './packageExtension';
import { findTools, prepareForCamel, startCamel } from './startCamel';
import { type StartFlags, parseStartFlags, startUsage } from './startFlags';
import { installedDesktop, startInDesktop } from './startInDesktop';
import { startInServer } from './startInServer';
import { type Started, startPlace } from './startPlace';

/** `npm start`: builds the extension and opens a VS Code with it on a copy of the sample workspace. */
async function start(flags: StartFlags): Promise<void> {
  // First of all: whoever has no Java need not wait to be told.
  const tools = flags.camel === true ? await findTools() : undefined;
  const choice = await chooseHost(flags.host ?? (flags.port === undefined ? undefined : 'server'), 'the flags', {
    canShowWindows: hasDisplay,
    isInstalled: () => installedDesktop() !== undefined,
    canDownload: canDownloadDesktop,
  });
  console.log(`Using ${choice.host === 'desktop' ? 'desktop VS Code' : 'VS Code in the browser'}: ${choice.why}.`);
  console.log('Building the extension…');
  await buildExtension();
  const place = startPlace(undefined, tools && { name: 'camel', change: prepareForCamel });
  const camel = tools && (await startCamel(tools, place));
  const started =
    choice.host === 'desktop'
      ? await startInDesktop(place, camel?.secrets)
      : await startInServer(place, flags.port, camel?.secrets);
  console.log('Press Ctrl-C to stop.');
  try {
    await untilEnd(started);
  } finally {
    await camel?.stop();
  }
}

async function untilEnd({ process: vscode, endedBy, endIsFailure }: Started): Promise<void> {
  const stop = new AbortController();
  onSignals(() => {
    stop.abort();
    console.log('\nStopping VS Code…');
    void vscode.stop();
  });
  await vscode.exited;
  // Also ends what the process left behind.
  await vscode.stop();
  const asked = stop.signal.aborted;
  if (!asked && endIsFailure) throw new Error(`${endedBy}\n${vscode.output().split('\n').slice(-20).join('\n')}`);
  console.log(asked ? 'VS Code has stopped.' : endedBy);
}

async function main(): Promise<void> {
  try {
    const flags = parseStartFlags(process.argv.slice(2));
    if (flags.help === true) console.log(startUsage);
    else await start(flags);
    process.exit(0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

void main();
