import { randomBytes } from 'node:crypto';
import type { Disposable, SecretStorage } from 'vscode';
import type { Environment } from '../../core/registry/types';

type TokenOwner = Pick<Environment, 'id' | 'origin'>;

/** Deploy tokens, secret parameters and the digest key: all in VS Code's secret storage, and nowhere else. */
export class SecretStore {
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
    const known = await this.secrets.get('digest-key');
    if (known !== undefined) {
      return known;
    }
    const key = randomBytes(32).toString('hex');
    await this.secrets.store('digest-key', key);
    return key;
  }

  /** Called with the storage's key, which names an environment or a parameter and holds no value. */
  onDidChange(listener: (kind: 'token' | 'parameter') => void): Disposable {
    return this.secrets.onDidChange(({ key }) => {
      if (key !== 'digest-key') {
        listener(key.startsWith('parameter ') ? 'parameter' : 'token');
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
