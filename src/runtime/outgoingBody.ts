/** In bytes. */
const pieceSize = 64 * 1024;

export type OutgoingBody = Buffer | Iterable<Buffer>;

/**
 * A body to be sent, that tells while it goes out: how long that takes is the network's doing, and no silence of the
 * runtime. A small one leaves with its request, and tells nothing.
 */
export function outgoingBody(bytes: Buffer, onProgress: () => void): OutgoingBody {
  return bytes.length <= pieceSize ? bytes : inPieces(bytes, onProgress);
}

/** The connection asks for the next piece when it has taken the one before. */
function* inPieces(bytes: Buffer, onProgress: () => void): Generator<Buffer, void, undefined> {
  for (let at = 0; at < bytes.length; at += pieceSize) {
    yield bytes.subarray(at, at + pieceSize);
    onProgress();
  }
}
