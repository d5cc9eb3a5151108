/** One run of a test runner inside an extension host, whichever VS Code that is in. All paths are absolute. */
export interface ExtensionTestRun {
  /** The extension's root, with its built `dist/`. */
  readonly extension: string;
  /** A CommonJS module that exports `run(): Promise<void>`. */
  readonly runner: string;
  /** Opened as it is: the copy of a folder, or a `.code-workspace` file in one. */
  readonly workspacePath: string;
  /** An empty folder for the user data and the like. */
  readonly scratch: string;
  readonly trustEverything: boolean;
  /** Environment of the extension host, beside this process's own. */
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  /** Where to leave pictures and logs when the run fails: called when needed. */
  readonly evidenceFolder: () => string;
}

/** The exit code of a run that did not end in time, as the command `timeout` has it. */
export const timedOutCode = 124;
