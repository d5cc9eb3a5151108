// Takes the place of @vscode/spdlog in the installed server build. That package is native code and has not been compiled
// (see serverBuild.ts); without it VS Code writes no log files, and every output channel of an extension stays empty.
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];

export const version = 0;
export function setLevel() {}
export function setFlushOn() {}

/** Writes at once: little is logged, and whoever looks after a crash finds the last line. */
export class Logger {
  #path;
  #lowest = 0;
  #formatted = true;

  constructor(_kind, _name, path) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, '');
  }

  trace(message) {
    this.#write(0, message);
  }
  debug(message) {
    this.#write(1, message);
  }
  info(message) {
    this.#write(2, message);
  }
  warn(message) {
    this.#write(3, message);
  }
  error(message) {
    this.#write(4, message);
  }
  critical(message) {
    this.#write(5, message);
  }
  getLevel() {
    return this.#lowest;
  }
  setLevel(level) {
    this.#lowest = level;
  }
  setPattern() {
    this.#formatted = true;
  }
  clearFormatters() {
    this.#formatted = false;
  }
  flush() {}
  drop() {}

  #write(level, message) {
    if (level < this.#lowest) return;
    // The same form as the real one's pattern in VS Code. Without a pattern the text brings its own line ends.
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    appendFileSync(this.#path, this.#formatted ? `${time} [${levels[level]}] ${message}\n` : message);
  }
}

export async function createRotatingLogger(name, path) {
  return new Logger('rotating', name, path);
}

export async function createAsyncRotatingLogger(name, path) {
  return new Logger('rotating_async', name, path);
}
