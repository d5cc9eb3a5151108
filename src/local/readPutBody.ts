import { Refusal } from './refusal';

export interface PutBody {
  readonly yaml: string;
  readonly params: ReadonlyMap<string, string>;
}

/** The documented body of `PUT /_api/flows/:id`: `{yaml, params?}`. Refuses anything else with 400. */
export function readPutBody(text: string): PutBody {
  const body = parseJson(text);
  if (!isRecord(body)) throw new Refusal(400, 'The body has to be a JSON object: {"yaml": "…", "params": {…}}.');
  if (typeof body.yaml !== 'string') throw new Refusal(400, 'The body needs the text of the flow under "yaml".');
  return { yaml: body.yaml, params: readParams(body.params) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the body, in which there may be secrets.
    throw new Refusal(400, 'The body is not JSON.');
  }
}

function readParams(params: unknown): ReadonlyMap<string, string> {
  if (params === undefined || params === null) return new Map();
  if (!isRecord(params)) throw new Refusal(400, '"params" has to be an object of texts.');
  return new Map(Object.entries(params).map(([key, value]) => [key, readParam(key, value)]));
}

function readParam(key: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Refusal(400, `The parameter "${key}" has to be a text, a number or true or false.`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
