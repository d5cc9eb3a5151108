import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../core/ports';
import { fileNamesOf, flowIdOfFileName, isFlowFileName, isParametersFileName } from './flowFileName';
import { decodeUtf8, maxBodyBytes } from './readBody';

const temporarySuffix = '.pipebase-tmp';

export interface FlowFile {
  readonly id: string;
  readonly yaml: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
}

/**
 * The flows of one local environment on disk: `<id>.camel.yaml`, and beside it the *names* of the parameters that came
 * with it. Their values are never written: they may be secrets, which have no place outside of the editor's secret
 * storage, and nothing runs here that would need them after the flow was judged.
 */
export class FlowFiles {
  constructor(
    private readonly directory: string,
    private readonly log: Log | undefined,
  ) {}

  /** Every flow that can be read, by name. What cannot is logged and left where it is. */
  async readAll(): Promise<FlowFile[]> {
    await mkdir(this.directory, { recursive: true });
    const names = (await readdir(this.directory)).sort();
    await Promise.all(names.filter((name) => name.endsWith(temporarySuffix)).map((name) => this.remove(name)));
    const files = await Promise.all(names.filter(isFlowFileName).map((name) => this.readOrSkip(name)));
    return files.filter((file) => file !== undefined);
  }

  /** Gives the time of the change. */
  async write(id: string, yaml: string, parameterNames: readonly string[]): Promise<number> {
    await mkdir(this.directory, { recursive: true });
    const names = fileNamesOf(id);
    // The YAML comes last: with it the change has happened.
    await this.writeWhole(names.parameters, JSON.stringify({ names: parameterNames }));
    await this.writeWhole(names.yaml, yaml);
    const { mtimeMs } = await stat(join(this.directory, names.yaml));
    return Math.floor(mtimeMs);
  }

  async delete(id: string): Promise<void> {
    const names = fileNamesOf(id);
    await this.remove(names.yaml);
    await this.remove(names.parameters);
  }

  /** Those that could not be read, too. */
  async deleteAll(): Promise<void> {
    const names = await readdir(this.directory);
    const own = names.filter((name) => isFlowFileName(name) || isParametersFileName(name));
    await Promise.all(own.map((name) => this.remove(name)));
  }

  private async readOrSkip(name: string): Promise<FlowFile | undefined> {
    try {
      return await this.read(name);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.log?.warn(`${join(this.directory, name)} is skipped: ${reason}`);
      return undefined;
    }
  }

  private async read(name: string): Promise<FlowFile> {
    const id = flowIdOfFileName(name);
    if (id === undefined) throw new Error('its name is no flow id');
    const { size, mtimeMs } = await stat(join(this.directory, name));
    if (size > maxBodyBytes) throw new Error('it is too large');
    const yaml = decodeUtf8(await readFile(join(this.directory, name)));
    if (yaml === undefined) throw new Error('it is not UTF-8');
    return { id, yaml, lastModified: Math.floor(mtimeMs) };
  }

  /** Beside the target and then renamed, so that a crash leaves the old text or the new one and nothing between. */
  private async writeWhole(name: string, text: string): Promise<void> {
    const temporary = join(this.directory, `${randomUUID()}${temporarySuffix}`);
    try {
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.writeFile(text, 'utf8');
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, join(this.directory, name));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  private async remove(name: string): Promise<void> {
    await rm(join(this.directory, name), { recursive: true, force: true });
  }
}
