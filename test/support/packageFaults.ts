import { readmePath } from '../host/packageExtension';

/** What runs, what shows it, and what is read before: nothing may be missing from what people install, or slip into it. */
const expected: readonly string[] = [
  'package.json',
  readmePath,
  'CHANGELOG.md',
  'LICENSE',
  'media/icon.png',
  'media/matrix-dark.svg',
  'media/matrix-light.svg',
  'media/pipebase.svg',
  'dist/app.js',
  'dist/extension.js',
  'dist/transport.js',
  'dist/schemas/pipebase.schema.json',
  'dist/webview/matrix.css',
  'dist/webview/matrix.js',
];

/** What is wrong with a package of these files, a sentence each. */
export function packageFaults(files: readonly string[]): readonly string[] {
  const strangers = files.filter((file) => !expected.includes(file));
  const missing = expected.filter((file) => !files.includes(file));
  return [
    ...(strangers.length > 0 ? [`These files do not belong into the package: ${strangers.join(', ')}.`] : []),
    ...(missing.length > 0 ? [`These files are missing from the package: ${missing.join(', ')}.`] : []),
  ];
}
