import { resolve } from 'node:path';

/** The root of this checkout. */
export const repositoryFolder = resolve(__dirname, '..', '..');
