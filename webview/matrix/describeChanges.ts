import type { MatrixView } from '../../src/shared/matrixView';
import { texts } from './texts';

const mostNamed = 3;

/** What changed from one view to the next, in words for a screen reader; empty when nothing worth saying did. */
export function describeChanges(before: MatrixView, after: MatrixView): string {
  const known = new Map(cellTexts(before).map(({ key, text }) => [key, text]));
  const changes = cellTexts(after).filter(({ key, text }) => known.has(key) && known.get(key) !== text);
  if (changes.length > mostNamed) return texts.manyChanges(changes.length);
  return changes.map(({ text }) => text).join('. ');
}

function cellTexts(view: MatrixView): { key: string; text: string }[] {
  return view.folders.flatMap((folder) => {
    const labels = new Map(folder.environments.map(({ id, label }) => [id, label]));
    return folder.flows.flatMap((flow) =>
      flow.cells.map((cell) => ({
        key: JSON.stringify([folder.key, flow.id, cell.environment]),
        text: `${flow.displayName}, ${labels.get(cell.environment) ?? cell.environment}: ${cell.running ?? cell.label}`,
      })),
    );
  });
}
