import { RuntimeError, type RuntimeErrorDetails, type RuntimeErrorKind } from '../core/ports';
import { redactText } from './redactText';

export interface RuntimeCall {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  /** Below the environment's base URL, with a leading slash; may have a query. */
  readonly path: string;
  readonly body?: string;
  /** The reference keeps one call open, `GET /_api/health`: it must not carry the token. */
  readonly isOpen?: boolean;
  /** An error status that is an answer to this call. */
  readonly acceptedStatus?: number;
  /** What nobody may read in an error beside the token that goes along: never sent by being here. */
  readonly secrets?: readonly string[];
  /** Of an event stream: the id after which it goes on. */
  readonly lastEventId?: string;
}

/** A call with its address and its token: what is needed to name it in an error, and to keep the token out of it. */
export interface AddressedCall extends RuntimeCall {
  readonly url: URL;
  readonly token?: string;
}

export interface RuntimeAnswer {
  readonly status: number;
  readonly body: string;
  readonly isGarbled: boolean;
  readonly call: AddressedCall;
}

export function isWrite(call: RuntimeCall): boolean {
  return call.method !== 'GET';
}

/** Method and URL, without credentials, query and fragment. */
export function nameOfCall(call: AddressedCall): string {
  const { method, url } = call;
  return redactText(`${method} ${url.origin}${url.pathname}`, secretsOf(call));
}

function secretsOf({ token, secrets = [] }: AddressedCall): readonly string[] {
  return token === undefined ? secrets : [token, ...secrets];
}

/** The only place that makes an error of a call: no text gets into one without being redacted. */
export function callError(
  kind: RuntimeErrorKind,
  call: AddressedCall,
  details: Omit<RuntimeErrorDetails, 'call' | 'cause'> = {},
): RuntimeError {
  const { detail, ...rest } = details;
  const redacted = detail === undefined ? '' : redactText(detail, secretsOf(call));
  return new RuntimeError(kind, { ...rest, call: nameOfCall(call), ...(redacted === '' ? {} : { detail: redacted }) });
}
