import { randomBytes } from 'node:crypto';
import type { Disposable, SecretStorage } from 'vscode';
import * as z from 'zod';
import { ParameterDigester } from '../../core/parameters/parameterDigest';
import type { ValueMark } from '../../core/ports';
import type { Environment } from '../../core/registry/types';
import { nodeHashing } from './nodeHashing';

/** Which of ours changed: the storage's key names an environment or a parameter, and holds no value. */
export type SecretChange = { readonly kind: 'parameter' } | ({ readonly kind: 'token' } & TokenOwner);

type TokenOwner = Pick<Environment, 'id' | 'origin'>;

/** Deploy tokens, secret parameters and the digest key: all in VS Code's secret storage, and nowhere else. */
export class SecretStore {
  private madeKey: Promise<string> | undefined;

  constructor(private readonly secrets: SecretStorage) {}

  /** The token belongs to the environment and the origin of its URL: a changed URL finds none. */
  async token(owner: TokenOwner): Promise<string | undefined> {
    return this.secrets.get(tokenKey(owner));
  }

  /** Whether it is there afterwards. */
  async setToken(owner: TokenOwner, token: string): Promise<boolean> {
    return this.keep(tokenKey(owner), token);
  }

  async clearToken(owner: TokenOwner): Promise<void> {
    await this.secrets.delete(tokenKey(owner));
  }

  /** Made for one run of a local environment, in `storage`, and gone with it: for another window of the same folder. */
  async runToken(storage: string, owner: TokenOwner): Promise<string | undefined> {
    return this.secrets.get(runTokenKey(storage, owner));
  }

  async setRunToken(storage: string, owner: TokenOwner, token: string): Promise<void> {
    await this.secrets.store(runTokenKey(storage, owner), token);
  }

  async clearRunToken(storage: string, owner: TokenOwner): Promise<void> {
    await this.secrets.delete(runTokenKey(storage, owner));
  }

  /** Read by an operation that sends it. A mark that a crash left behind an older value is put right on the way. */
  async secretParameter(folder: string, environmentId: string, key: string): Promise<string | undefined> {
    const place: ParameterPlace = [folder, environmentId, key];
    const value = await this.secrets.get(parameterKey(place));
    if (value !== undefined) {
      await this.storeMark(place, value);
    }
    return value;
  }

  /** What the value is known by while it is not read; undefined where none is stored. */
  async parameterMark(folder: string, environmentId: string, key: string): Promise<ValueMark | undefined> {
    return parseMark(await this.secrets.get(markKey([folder, environmentId, key])));
  }

  /** Whether it is there afterwards. */
  async setSecretParameter(folder: string, environmentId: string, key: string, value: string): Promise<boolean> {
    const place: ParameterPlace = [folder, environmentId, key];
    // The mark first: should this end half way, a state shows a change too many and not one too few.
    await this.storeMark(place, value);
    return this.keep(parameterKey(place), value);
  }

  async clearSecretParameter(folder: string, environmentId: string, key: string): Promise<void> {
    await this.secrets.delete(parameterKey([folder, environmentId, key]));
    await this.secrets.delete(markKey([folder, environmentId, key]));
  }

  /** VS Code does not say where it has no keyring to keep a secret in: reading it back does. */
  private async keep(key: string, value: string): Promise<boolean> {
    await this.secrets.store(key, value);
    return (await this.secrets.get(key)) === value;
  }

  private async storeMark(place: ParameterPlace, value: string): Promise<void> {
    const mark = JSON.stringify(new ParameterDigester(nodeHashing, await this.digestKey()).mark(value));
    if ((await this.secrets.get(markKey(place))) !== mark) {
      await this.secrets.store(markKey(place), mark);
    }
  }

  /** Random, made at first use: with it, a stored digest of parameter values cannot be guessed back. */
  async digestKey(): Promise<string> {
    this.madeKey ??= this.readDigestKey();
    try {
      return await this.madeKey;
    } catch (error) {
      this.madeKey = undefined;
      throw error;
    }
  }

  /** Asked for by several folders at once, it must be the same for all. */
  private async readDigestKey(): Promise<string> {
    const known = await this.secrets.get('digest-key');
    if (known !== undefined) {
      return known;
    }
    const key = randomBytes(32).toString('hex');
    await this.secrets.store('digest-key', key);
    // Another window may have made one at the same time: the one that is kept is the key of both.
    return (await this.secrets.get('digest-key')) ?? key;
  }

  onDidChange(listener: (change: SecretChange) => void): Disposable {
    return this.secrets.onDidChange(({ key }) => {
      // A value never changes without its mark, and the mark is what states are made of.
      if (key.startsWith('mark ')) {
        listener({ kind: 'parameter' });
      } else if (/^(run-)?token /.test(key)) {
        const [id, origin] = JSON.parse(key.slice(key.indexOf(' '))) as [string, string];
        listener({ kind: 'token', id, origin });
      } else if (key === 'digest-key') {
        this.madeKey = undefined;
      }
    });
  }
}

function tokenKey({ id, origin }: TokenOwner): string {
  return `token ${JSON.stringify([id, origin])}`;
}

function runTokenKey(storage: string, { id, origin }: TokenOwner): string {
  return `run-token ${JSON.stringify([id, origin, storage])}`;
}

/** Folder, environment, key of the parameter. */
type ParameterPlace = readonly [folder: string, environmentId: string, key: string];

function parameterKey(place: ParameterPlace): string {
  return `parameter ${JSON.stringify(place)}`;
}

function markKey(place: ParameterPlace): string {
  return `mark ${JSON.stringify(place)}`;
}

function parseMark(text: string | undefined): ValueMark | undefined {
  try {
    return text === undefined ? undefined : markSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // As if there were none: setting the value makes another.
    return undefined;
  }
}

const markSchema = z.object({ digest: z.string(), uses: z.array(z.string()) });
