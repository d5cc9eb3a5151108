import { Diagnostic, DiagnosticSeverity, Disposable, languages, Range, Uri } from 'vscode';
import { visibleText } from '../../core/displayText';
import { parameterFaults } from '../../core/parameters/parameterFaults';
import type { Fault, SourceRange } from '../../core/source';
import type { PromotionState } from '../../core/promotion/promotionState';
import type { WorkspaceStore } from '../state/workspaceStore';

/** Shows every fault in the Problems panel, at its place, and only touches the files whose faults changed. */
export function publishFaults(store: WorkspaceStore): Disposable {
  const diagnostics = languages.createDiagnosticCollection('pipebase');
  let shown = new Map<string, string>();
  const update = (): void => {
    const byFile = groupByFile(store.folders.flatMap(({ state }) => faultsOf(state)));
    const next = new Map([...byFile].map(([file, faults]) => [file, JSON.stringify(faults)]));
    for (const file of new Set([...shown.keys(), ...next.keys()])) {
      if (shown.get(file) !== next.get(file)) {
        diagnostics.set(Uri.parse(file), (byFile.get(file) ?? []).map(toDiagnostic));
      }
    }
    shown = next;
  };
  update();
  const listening = store.onDidChange(update);
  return Disposable.from(listening, diagnostics);
}

function groupByFile(faults: readonly Fault[]): ReadonlyMap<string, readonly Fault[]> {
  const byFile = new Map<string, Fault[]>();
  for (const fault of faults) {
    const group = byFile.get(fault.file) ?? [];
    group.push(fault);
    byFile.set(fault.file, group);
  }
  return byFile;
}

/** A folder without pipebase.yaml never asked for us: its files are its own business. */
function faultsOf({ registry, flows }: PromotionState): readonly Fault[] {
  if (!registry) {
    return [];
  }
  return [...registry.faults, ...flows.flatMap(({ faults }) => faults), ...parameterFaults(registry, flows)];
}

function toDiagnostic(fault: Fault): Diagnostic {
  const severity = fault.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
  const diagnostic = new Diagnostic(toRange(fault.range), visibleText(fault.message), severity);
  diagnostic.source = 'Pipebase';
  diagnostic.code = fault.code;
  return diagnostic;
}

export function toRange({ start, end }: SourceRange): Range {
  return new Range(start.line, start.column, end.line, end.column);
}
