import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

export interface BuiltPage {
  readonly script: string;
  readonly style: string;
}

/** Bundles a page like `esbuild.mjs` does, into memory. The entry is relative to the project's root. */
export async function buildPage(entry: string): Promise<BuiltPage> {
  const { outputFiles } = await build({
    entryPoints: { page: fileURLToPath(new URL(`../../${entry}`, import.meta.url)) },
    bundle: true,
    write: false,
    outdir: 'out',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
  });
  const text = (suffix: string): string => outputFiles.find(({ path }) => path.endsWith(suffix))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}
