// Builds what runs: the extension for Node, in chunks that load when first needed, and the matrix page for the browser.
//   node esbuild.mjs [--production] [--watch]
import { build as bundle, context, formatMessages } from 'esbuild';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';

const isProduction = process.argv.includes('--production');
const isWatch = process.argv.includes('--watch');

/** Only the first is read at activation; each of the others when its first `import()` runs. */
const entries = { extension: 'src/extension.ts', app: 'src/vscode/app.ts', transport: 'src/runtime/transport.ts' };

/** Bytes. */
const budgets = { 'extension.js': 80 * 1024 };
const activationBudgetMs = 20;

/**
 * Leaves `import('…/app')` a real import of the chunk beside it. esbuild itself splits ES modules only, and VS Code's
 * kin load CommonJS extensions most reliably.
 */
const chunks = {
  name: 'chunks',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ kind, path }) => {
      const name = basename(path);
      return kind === 'dynamic-import' && name in entries ? { path: `./${name}.js`, external: true } : undefined;
    });
  },
};

/** The JSON Schema of pipebase.yaml is made from the same zod schema that checks it. */
async function writeRegistrySchema() {
  const { outputFiles } = await bundle({
    entryPoints: ['src/core/registry/registrySchema.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
  });
  const module = { exports: {} };
  new Function('module', 'exports', outputFiles[0].text)(module, module.exports);
  mkdirSync('dist/schemas', { recursive: true });
  writeFileSync('dist/schemas/pipebase.schema.json', JSON.stringify(module.exports.registryJsonSchema(), undefined, 1));
}

/** Written after every build, so that a watched one has it anew. */
const registrySchema = {
  name: 'registrySchema',
  setup(build) {
    build.onEnd(async ({ errors }) => {
      if (errors.length === 0) await writeRegistrySchema();
    });
  },
};

const common = {
  bundle: true,
  sourcemap: !isProduction,
  minify: isProduction,
  logLevel: 'info',
  legalComments: 'none',
};

const builds = [
  {
    ...common,
    entryPoints: entries,
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    plugins: [chunks, registrySchema],
    // undici and zod ship both formats; the ES one leaves out what is not used.
    mainFields: ['module', 'main'],
    conditions: ['import', 'module'],
  },
  {
    ...common,
    entryPoints: { matrix: 'webview/matrix/main.ts' },
    outdir: 'dist/webview',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
  },
];

function checkSizes() {
  for (const file of readdirSync('dist').filter((name) => name.endsWith('.js'))) {
    const { size } = statSync(`dist/${file}`);
    const budget = budgets[file];
    console.log(`dist/${file}: ${(size / 1024).toFixed(1)} KB${budget ? ` of ${budget / 1024} KB` : ''}`);
    if (budget && size > budget) {
      throw new Error(`dist/${file} is over its budget: something heavy is imported at activation.`);
    }
  }
}

/** Activation registers, and does nothing else: no chunk is loaded, no file is read and no time is spent. */
async function checkActivation() {
  const { measureActivation } = createRequire(import.meta.url)('./test/support/measureActivation.cjs');
  const { medianMs, extras } = await measureActivation();
  console.log(`activate(): ${medianMs.toFixed(1)} ms of ${activationBudgetMs} ms`);
  if (extras.length > 0) {
    throw new Error(`Activation does more than register: ${extras.join(', ')}.`);
  }
  if (medianMs > activationBudgetMs) {
    throw new Error('Activation is over its budget.');
  }
}

/**
 * What esbuild says when it watches one build, for all of them as one: the task of F5 (.vscode/tasks.json) waits for
 * these lines, and VS Code must not start before everything is built.
 */
function watchedAsOne() {
  const running = new Set(builds.map(({ outdir }) => outdir));
  console.log('[watch] build started');
  const tell = ({ outdir }) => ({
    name: 'tell',
    setup(build) {
      build.onStart(() => {
        if (running.size === 0) console.log('[watch] build started');
        running.add(outdir);
      });
      build.onEnd(async ({ errors, warnings }) => {
        const faults = [
          ...(await formatMessages(errors, { kind: 'error' })),
          ...(await formatMessages(warnings, { kind: 'warning' })),
        ];
        if (faults.length > 0) console.log(faults.join('\n'));
        running.delete(outdir);
        if (running.size === 0) console.log('[watch] build finished, watching for changes...');
      });
    },
  });
  return builds.map((options) => ({
    ...options,
    logLevel: 'silent',
    plugins: [...(options.plugins ?? []), tell(options)],
  }));
}

async function watch() {
  const contexts = await Promise.all(watchedAsOne().map((options) => context(options)));
  await Promise.all(contexts.map((one) => one.watch()));
}

async function build() {
  rmSync('dist', { recursive: true, force: true });
  if (isWatch) {
    await watch();
    return;
  }
  const contexts = await Promise.all(builds.map((options) => context(options)));
  await Promise.all(contexts.map((one) => one.rebuild()));
  await Promise.all(contexts.map((one) => one.dispose()));
  if (isProduction) {
    checkSizes();
    await checkActivation();
  }
}

// esbuild has told of its own errors already, with file and line.
build().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
