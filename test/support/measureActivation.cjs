// Loads the built entry bundle as VS Code does, with a stand-in for its API, and measures activate().
const Module = require('node:module');
const { performance } = require('node:perf_hooks');
const { resolve } = require('node:path');

/** Answers every property and call with itself: registration needs no more. */
function standIn() {
  const callable = new Proxy(function () {}, {
    get: (_target, name) => {
      if (name === 'textDocuments') return [];
      return name === Symbol.toPrimitive ? () => 'stand-in' : callable;
    },
    apply: () => callable,
    construct: () => callable,
  });
  const names = ['window', 'workspace', 'languages', 'commands', 'EventEmitter', 'Disposable'];
  return Object.fromEntries(names.map((name) => [name, callable]));
}

/** Milliseconds that loading and activating take, at the median of several runs, and the modules that were loaded. */
function measureActivation(runs = 15) {
  const load = Module._load;
  const loaded = new Set();
  Module._load = function (request, ...rest) {
    loaded.add(request);
    return request === 'vscode' ? standIn() : load.call(this, request, ...rest);
  };
  try {
    const times = Array.from({ length: runs }, () => {
      const entry = resolve('dist/extension.js');
      delete require.cache[entry];
      const start = performance.now();
      require(entry).activate({ subscriptions: [] });
      return performance.now() - start;
    });
    loaded.delete(resolve('dist/extension.js'));
    return { medianMs: times.sort((a, b) => a - b)[Math.floor(runs / 2)], loaded: [...loaded] };
  } finally {
    Module._load = load;
  }
}

module.exports = { measureActivation };
