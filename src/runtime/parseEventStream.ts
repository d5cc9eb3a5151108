/** One server-sent event, as it came. */
export interface ServerEvent {
  /** `message` where the stream gives none. */
  readonly type: string;
  readonly data: string;
  /** The last id that the stream gave, here or before. */
  readonly id: string;
}

export interface ParsedEvents {
  readonly events: readonly ServerEvent[];
  /** How long the stream asks to wait before it is opened again, in milliseconds. */
  readonly retryMs?: number;
}

/** An event, or a line, that is longer than this is no event of ours. In UTF-16 units. */
const longestEvent = 1024 * 1024;

/** Thrown where the stream cannot be what it says it is. */
export class EndlessEventError extends Error {
  override readonly name = 'EndlessEventError';
}

/** Reads the event stream format of the HTML standard, however its bytes are cut into pieces. */
export class EventStreamParser {
  private readonly decoder = new TextDecoder();
  private rest = '';
  private isAfterCarriageReturn = false;
  private data: string[] = [];
  private dataLength = 0;
  private type = '';
  private retryMs: number | undefined;
  private nextId: string;

  constructor(
    /** Of the last whole event, kept over a reconnect: what the next request sends as `Last-Event-ID`. */
    public lastEventId = '',
  ) {
    this.nextId = lastEventId;
  }

  push(bytes: Uint8Array): ParsedEvents {
    const text = this.decoder.decode(bytes, { stream: true });
    const events = this.takeLines(text).flatMap((line) => this.readLine(line) ?? []);
    const { retryMs } = this;
    return { events, ...(retryMs === undefined ? {} : { retryMs }) };
  }

  /** Lines end with CR, LF or both; a CR at the end of a piece may have its LF in the next. */
  private takeLines(text: string): string[] {
    const own = this.isAfterCarriageReturn && text.startsWith('\n') ? text.slice(1) : text;
    if (text !== '') this.isAfterCarriageReturn = text.endsWith('\r');
    // what is there already has no end of line: it is not looked at again with every piece of a long one
    const [first = '', ...others] = own.split(/\r\n|\n|\r/);
    const lines = [this.rest + first, ...others];
    this.rest = lines.pop() ?? '';
    if (this.rest.length > longestEvent) throw new EndlessEventError('a line of the stream has no end');
    return lines;
  }

  private readLine(line: string): ServerEvent | undefined {
    if (line === '') return this.dispatch();
    const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (name === 'data') this.addData(value);
    else if (name === 'event') this.type = value;
    else if (name === 'id' && !value.includes('\0')) this.nextId = value;
    else if (name === 'retry' && /^\d+$/.test(value)) this.retryMs = Number(value);
    return undefined;
  }

  private addData(value: string): void {
    this.dataLength += value.length + 1;
    if (this.dataLength > longestEvent) throw new EndlessEventError('an event of the stream has no end');
    this.data.push(value);
  }

  private dispatch(): ServerEvent | undefined {
    const { data, type } = this;
    this.data = [];
    this.dataLength = 0;
    this.type = '';
    this.lastEventId = this.nextId;
    return data.length === 0 ? undefined : { type: type || 'message', data: data.join('\n'), id: this.lastEventId };
  }
}
