import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { commands, workspace, Uri, type WorkspaceFolder } from 'vscode';
import { person } from './person';
import { startRecordedRuntime, type RecordedRuntime } from './recordedRuntime';

/** Every token that an environment was given in this window. */
export const usedTokens: string[] = [];

interface WorldOptions {
  /** Whether the person types the tokens in. Default: yes. */
  readonly withTokens?: boolean;
  readonly folder?: WorkspaceFolder;
}

export function firstFolder(): WorkspaceFolder {
  const folder = workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('the window has no folder');
  return folder;
}

/** A flow with one route, whose log line is `text`. The route is the file's second line. */
export function aFlowYaml(id: string, text = 'hello'): string {
  return `# ${id}\n- route:\n    id: ${id}\n    from:\n      uri: timer:tick\n      steps:\n        - log: "${text}"\n`;
}

/** A folder of the window whose dev, test and protected prod are real runtimes. */
export class World {
  readonly written = new Set<string>();

  private constructor(
    readonly folder: WorkspaceFolder,
    readonly dev: RecordedRuntime,
    readonly test: RecordedRuntime,
    readonly prod: RecordedRuntime,
  ) {}

  static async open({ withTokens = true, folder = firstFolder() }: WorldOptions = {}): Promise<World> {
    const start = (id: string): Promise<RecordedRuntime> => {
      const token = `tok-${randomBytes(12).toString('hex')}`;
      usedTokens.push(token);
      return startRecordedRuntime(id, token);
    };
    const world = new World(folder, await start('dev'), await start('test'), await start('prod'));
    await world.write('pipebase.yaml', world.registryText());
    await refresh();
    if (withTokens) await world.setTokens();
    return world;
  }

  get key(): string {
    return this.folder.uri.toString();
  }

  get runtimes(): readonly RecordedRuntime[] {
    return [this.dev, this.test, this.prod];
  }

  registryText(): string {
    return [
      'version: 1',
      'environments:',
      `  dev:\n    url: ${this.dev.url}\n    promotesTo: test\n    parameters: { topic: orders-dev }`,
      `  test:\n    url: ${this.test.url}\n    promotesTo: prod\n    parameters: { topic: orders-test }`,
      `  prod:\n    name: Production\n    url: ${this.prod.url}\n    protected: true\n    parameters: { topic: orders }\n`,
    ].join('\n');
  }

  uri(path: string): Uri {
    return Uri.joinPath(this.folder.uri, path);
  }

  async write(path: string, text: string): Promise<void> {
    const file = join(this.folder.uri.fsPath, path);
    this.written.add(file);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, 'utf8');
  }

  async remove(path: string): Promise<void> {
    await rm(join(this.folder.uri.fsPath, path), { force: true });
  }

  /** Writes a flow, and has the extension look at it. */
  async addFlow(id: string, yaml: string = aFlowYaml(id)): Promise<string> {
    await this.write(`flows/${id}.camel.yaml`, yaml);
    await refresh();
    return yaml;
  }

  async run(command: string, target: Readonly<Record<string, unknown>>): Promise<void> {
    await commands.executeCommand(command, { folder: this.key, ...target });
  }

  async setTokens(): Promise<void> {
    for (const [environment, { token }] of Object.entries({ dev: this.dev, test: this.test, prod: this.prod })) {
      person.types = () => token;
      await this.run('pipebase.environment.setToken', { environment });
    }
    person.reset();
    await refresh();
  }

  /** Leaves the folder as it was, and ends the runtimes. */
  async close(): Promise<void> {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await Promise.all([...this.written].map((file) => rm(file, { force: true })));
    await refresh();
    await Promise.all(this.runtimes.map((runtime) => runtime.close()));
    person.reset();
  }
}

/** Reads files and environments again, and resolves when that is done. */
export async function refresh(): Promise<void> {
  await commands.executeCommand('pipebase.environments.refresh');
}
