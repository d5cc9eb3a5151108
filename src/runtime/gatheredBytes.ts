/** Bytes that come in pieces. Copied, not kept: an answer may come byte by byte, and each piece is an object of its own. */
export class GatheredBytes {
  private block = Buffer.alloc(0);
  private length = 0;

  get size(): number {
    return this.length;
  }

  add(piece: Uint8Array): void {
    const length = this.length + piece.length;
    if (length > this.block.length) this.grow(length);
    this.block.set(piece, this.length);
    this.length = length;
  }

  all(): Buffer {
    return this.block.subarray(0, this.length);
  }

  /** At least twice as large each time, so that copying stays in proportion to what came. */
  private grow(length: number): void {
    const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.block.length));
    larger.set(this.all());
    this.block = larger;
  }
}
