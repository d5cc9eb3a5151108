// Loaded into VS Code's server before its own code. VS Code in a browser encrypts an extension's secrets with a key half
// of which it asks the server for (POST /mint-key), and keeps them in the page's localStorage. code-server's front end
// answers that; VS Code's bare server says 405, and then secrets live in the page's memory and are gone after a reload.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Server } from 'node:http';
import { dirname } from 'node:path';
import { env } from 'node:process';

const keyFile = env.PIPEBASE_SECRET_KEY_FILE;
const emit = Server.prototype.emit;

if (keyFile !== undefined) {
  Server.prototype.emit = function (event, ...args) {
    const [request, response] = args;
    if (event !== 'request' || request.method !== 'POST' || request.url !== '/mint-key') {
      return emit.call(this, event, ...args);
    }
    response.setHeader('Content-Type', 'application/octet-stream');
    response.end(key(keyFile));
    return true;
  };
}

/** 32 bytes, the same ones for as long as this VS Code's user data live. */
function key(file) {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, randomBytes(32), { mode: 0o600 });
  }
  return readFileSync(file);
}
