// Takes the place of @vscode/native-watchdog, which has not been compiled either (see spdlog.mjs): ends an extension host
// whose server is gone.
import { exit as exitProcess, kill } from 'node:process';
import { setInterval } from 'node:timers';

const periodMs = 3000;

export function start(pid) {
  setInterval(() => {
    try {
      kill(pid, 0);
    } catch {
      exitProcess(87);
    }
  }, periodMs).unref();
}

export function exit(code = 0) {
  exitProcess(code);
}
