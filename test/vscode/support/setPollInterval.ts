import { ConfigurationTarget, workspace } from 'vscode';

/** 0: nobody asks again only because time has gone by. */
export async function setPollInterval(seconds: number | undefined): Promise<void> {
  const setting = workspace.getConfiguration('pipebase.refresh');
  await setting.update('intervalSeconds', seconds, ConfigurationTarget.Workspace);
}
