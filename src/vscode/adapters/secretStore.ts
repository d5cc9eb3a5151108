import { randomBytes } from 'node:crypto';
import type { Disposable, SecretStorage } from 'vscode';
import type { Environment } from '../../core/registry/types';

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

  async setToken(owner: TokenOwner, token: string): Promise<void> {
    await this.secrets.store(tokenKey(owner), token);
  }

  async clearToken(owner: TokenOwner): Promise<void> {
    await this.secrets.delete(tokenKey(owner));
  }

  async secretParameter(folder: string, environmentId: string, key: string): Promise<string | undefined> {
    return this.secrets.get(parameterKey(folder, environmentId, key));
  }

  async setSecretParameter(folder: string, environmentId: string, key: string, value: string): Promise<void> {
    await this.secrets.store(parameterKey(folder, environmentId, key), value);
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
    return key;
  }

  onDidChange(listener: (change: SecretChange) => void): Disposable {
    return this.secrets.onDidChange(({ key }) => {
      if (key.startsWith('parameter ')) {
        listener({ kind: 'parameter' });
      } else if (key.startsWith('token ')) {
        const [id, origin] = JSON.parse(key.slice('token '.length)) as [string, string];
        listener({ kind: 'token', id, origin });
      }
    });
  }
}

function tokenKey({ id, origin }: TokenOwner): string {
  return `token ${JSON.stringify([id, origin])}`;
}

function parameterKey(folder: string, environmentId: string, key: string): string {
  return `parameter ${JSON.stringify([folder, environmentId, key])}`;
}
