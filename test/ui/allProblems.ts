import type { VscodeDriver } from '../host/vscodeDriver';
import { settled } from './settled';

export interface ReadProblem {
  readonly file: string;
  readonly message: string;
  readonly line: number;
}

/** Every problem in the Problems panel, which is made large for it: rows that are scrolled away do not exist. */
export async function allProblems(driver: VscodeDriver, count: number): Promise<ReadProblem[]> {
  await driver.problems();
  await driver.runCommand('View: Toggle Maximized Panel');
  const problems = await settled(
    `${count} problems`,
    async () => readProblems(await driver.problems()),
    ({ length }) => length === count,
  );
  await driver.runCommand('View: Toggle Maximized Panel');
  await driver.runCommand('View: Hide Panel');
  return problems;
}

/** The rows of a file follow the row that names it. */
function readProblems(rows: readonly string[]): ReadProblem[] {
  let file = '';
  return rows.flatMap((row) => {
    const line = /\[Ln (\d+),/.exec(row)?.[1];
    if (line !== undefined) return [{ file, message: row.split('\n')[0] ?? '', line: Number(line) }];
    // A file's name and its folder stand beside each other: `twin.camel.yamlflows/one`.
    const [, name = '', folder = ''] = /^(.*?\.yaml)(.*)/.exec(row) ?? [];
    file = folder === '' ? name : `${folder}/${name}`;
    return [];
  });
}
