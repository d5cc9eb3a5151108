import { createHash, createHmac } from 'node:crypto';
import type { Hashing } from '../../core/ports';

export const nodeHashing: Hashing = {
  digest: (algorithm, text) => createHash(algorithm).update(text, 'utf8').digest('hex'),
  keyedDigest: (key, text) => createHmac('sha256', key).update(text, 'utf8').digest('hex'),
};
