/** An answer as the canonical shapes have it: a status and JSON, or nothing after a status 204. */
export interface LocalAnswer {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown to answer `{"error": "…"}`; the message is written for the person who made the request. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
