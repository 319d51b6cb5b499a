import type { Duplex } from "node:stream";
import { putMessage, type StoredMessage, sizeOfMessage } from "../../lib/protocol/frames.ts";

/**
 * What the server says, on the wire. `ws` reads and keeps the rules of closing; but it frames what is sent for each
 * socket anew and hands every frame to the system by itself, which was a fifth of what a message cost.
 */

/** A frame of a WebSocket (RFC 6455 §5.2): one whole message of the server's, so not masked. The same for everybody who gets it. */
export type OutgoingFrame = Buffer & { readonly __frame: true };

const FINAL = 0x80;
const OPCODE = { text: 1, binary: 2 } as const;
/** In place of a length: it follows, in so many bytes. */
const LENGTH_IN = { two: 126, eight: 127 } as const;

export function toFrame(content: Uint8Array | string): OutgoingFrame {
  if (typeof content !== "string") {
    return frameOf(OPCODE.binary, content.length, (frame, at) => frame.set(content, at));
  }
  return frameOf(OPCODE.text, Buffer.byteLength(content), (frame, at) => frame.write(content, at));
}

/** Its content is written where it is to be sent from, not copied there. */
export function toMessageFrame(message: StoredMessage): OutgoingFrame {
  return frameOf(OPCODE.binary, sizeOfMessage(message), (frame, at) => putMessage(frame, at, message));
}

function frameOf(
  opcode: number,
  length: number,
  putContent: (frame: Buffer, at: number) => void,
): OutgoingFrame {
  const header = length < LENGTH_IN.two ? 2 : length < 2 ** 16 ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = FINAL | opcode;
  if (header === 2) {
    frame[1] = length;
  } else if (header === 4) {
    frame[1] = LENGTH_IN.two;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = LENGTH_IN.eight;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  putContent(frame, header);
  return frame as OutgoingFrame;
}

const corked = new Set<Duplex>();

/** All that is said to a socket at once, as when many messages were stored together, goes out by one call of the system. */
export function writeFrame(socket: Duplex, frame: OutgoingFrame): void {
  if (!corked.has(socket)) {
    if (corked.size === 0) process.nextTick(uncorkAll);
    corked.add(socket);
    socket.cork();
  }
  socket.write(frame);
}

function uncorkAll(): void {
  for (const socket of corked) socket.uncork();
  corked.clear();
}
