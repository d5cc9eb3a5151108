// Loads the built entry bundle as VS Code does, with a stand-in for its API, and measures activate().
const Module = require('node:module');
const { performance } = require('node:perf_hooks');
const { resolve } = require('node:path');

/** What activation is for. Whatever else it calls reads, writes, searches or asks, before anyone wanted anything. */
const registration = /^(commands|languages|window|workspace)\.(register\w+|createTreeView|onDid\w+)$/;
const lists = ['textDocuments', 'subscriptions'];

/** Answers every property and call with another of its kind: registration needs no more. Tells of each call. */
function standIn(path, tell) {
  return new Proxy(function () {}, {
    get: (_target, name) => {
      if (lists.includes(name)) return [];
      if (name === Symbol.toPrimitive) return () => 'stand-in';
      // No promise: whoever awaits it goes on.
      return name === 'then' ? undefined : standIn(`${path}.${String(name)}`, tell);
    },
    apply: () => {
      tell(path);
      return standIn(`${path}()`, tell);
    },
    construct: () => standIn(`new ${path}`, tell),
  });
}

function vscodeStandIn(tell) {
  const names = ['window', 'workspace', 'languages', 'commands', 'env', 'EventEmitter', 'Disposable', 'Uri'];
  return Object.fromEntries(names.map((name) => [name, standIn(name, tell)]));
}

/**
 * Milliseconds that loading and activating take, at the median of several runs, and what they do beside registering: the
 * modules that they load and what they call.
 */
async function measureActivation(entry = resolve('dist/extension.js'), runs = 15) {
  const load = Module._load;
  const extras = new Set();
  const tell = (call) => {
    if (!registration.test(call)) extras.add(`${call}()`);
  };
  Module._load = function (request, ...rest) {
    if (request === 'vscode') return vscodeStandIn(tell);
    if (request !== entry) extras.add(request);
    return load.call(this, request, ...rest);
  };
  try {
    const times = Array.from({ length: runs }, () => {
      delete require.cache[entry];
      const start = performance.now();
      require(entry).activate(standIn('context', tell));
      return performance.now() - start;
    });
    // What stands behind an await comes after activate() has returned.
    await new Promise(process.nextTick);
    return { medianMs: times.sort((a, b) => a - b)[Math.floor(runs / 2)], extras: [...extras] };
  } finally {
    Module._load = load;
  }
}

module.exports = { measureActivation };
