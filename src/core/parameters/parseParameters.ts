import { LineCounter } from 'yaml';
import { isLargerThan, maxTextBytes, type RangeOf, rangesIn } from '../readYaml';
import type { ParameterDefinition, ParameterLayer } from '../registry/types';
import type { Fault } from '../source';
import { type JsonEntry, JsonSyntaxError, readJsonObject } from './readJson';

export interface ParsedParameterFile {
  readonly parameters: ParameterLayer;
  readonly faults: readonly Fault[];
}

/**
 * Reads a flow's parameter file (PROMOTION-MODEL, a flow): a JSON object of strings, numbers and booleans. Numbers keep
 * the text they are written with. Never throws; what is whole comes along with the faults.
 */
export function parseParameterFile(text: string, file: string): ParsedParameterFile {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const rangeOf = rangesOf(body, text.length - body.length);
  const fault = (code: string, message: string, start: number, end: number): Fault => ({
    severity: 'error',
    code,
    message,
    file,
    range: rangeOf(start, end),
  });
  const refuse = (code: string, message: string, at = 0): ParsedParameterFile => ({
    parameters: new Map(),
    faults: [fault(code, message, at, at)],
  });
  if (isLargerThan(body, maxTextBytes))
    return refuse('file-too-large', 'This file is larger than 8 MiB and is not read.');
  if (body.trim() === '') return refuse('empty-file', 'This file is empty. Without parameters it is `{}`.');
  try {
    const entries = readJsonObject(body);
    return entries ? readEntries(entries, file, rangeOf, fault) : refuse('not-an-object', notAnObject);
  } catch (error) {
    if (error instanceof JsonSyntaxError)
      return refuse('json-syntax', `This is not valid JSON. ${error.message}`, error.offset);
    throw error;
  }
}

const notAnObject = 'Parameters are a JSON object, such as `{ "topic": "orders" }`.';

function readEntries(
  entries: readonly JsonEntry[],
  file: string,
  rangeOf: RangeOf,
  fault: (code: string, message: string, start: number, end: number) => Fault,
): ParsedParameterFile {
  const parameters = new Map<string, ParameterDefinition>();
  const faults: Fault[] = [];
  for (const { key, keyStart, keyEnd, kind, text, start, end } of entries) {
    if (parameters.has(key)) {
      faults.push(
        fault('duplicate-key', `\`${key}\` stands twice in this file: the first one counts.`, keyStart, keyEnd),
      );
    } else if (kind === 'string' || kind === 'number' || kind === 'boolean') {
      parameters.set(key, { kind: 'text', text, range: rangeOf(keyStart, end), file });
    } else {
      faults.push(fault('wrong-parameter', `\`${key}\` must be a text, a number, true or false.`, start, end));
    }
  }
  return { parameters, faults };
}

function rangesOf(body: string, shift: number): RangeOf {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = body.indexOf('\n'); at !== -1; at = body.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return rangesIn(body, lines, shift);
}
