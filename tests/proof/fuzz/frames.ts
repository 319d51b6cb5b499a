import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { WebSocket } from "ws";
import { clientTextFrame } from "../../../lib/protocol/client-text-frames.ts";
import { isErrorCode } from "../../../lib/protocol/errors.ts";
import { SOCKET_PATH } from "../../../lib/protocol/frames.ts";
import { LIMITS } from "../../../lib/protocol/limits.ts";
import { POLICIES } from "../../../lib/protocol/policies.ts";
import { SERVER_LIMITS } from "../../../server/limits.ts";
import { type Seeded, seeded } from "../../../server/testing/seeded.ts";
import { cookieHeader } from "../../security/support/http.ts";
import type { ClockGate } from "./clock-gate.ts";
import { asBytes, bent, wellShaped } from "./grammar.ts";
import type { Stage } from "./stage.ts";

/** As a session may have. */
const SOCKETS = 4;
const SENT_AT_ONCE = 100;
const SEND_HEADER_BYTES = 5;
const REFUSED = 3;
/**
 * How such a connection may end: as no protocol, no text, not as we speak, too much of it, or too often; and as the
 * database not answering in time, where the clock was put forward meanwhile.
 */
const FAIR_ENDS = new Set([1002, 1007, 1008, 1009, 1012, 4429]);
/** What a bucket needs to be full again. */
const REFILL_MS = (SERVER_LIMITS.frameBurst / POLICIES.framesPerSecond.default) * 1_000;
const PATIENCE_MS = 30_000;
const TRIES = 100;
const TRY_EVERY_MS = 50;

/** With which code each that has ended did: that may be after its last answer and before the next frame. */
const endings = new WeakMap<WebSocket, number>();

/** Text frames, most of which end the connection. */
const oddTexts = (ids: readonly string[]): fc.Arbitrary<Buffer> => {
  const frame = wellShaped(clientTextFrame, ids);
  return asBytes(fc.oneof(frame, frame.chain(bent)));
};

/**
 * Sends so many frames by several sockets, each of which draws from a source of its own: which of them is answered first is
 * the network's doing. @param onFault what was answered that must not be
 */
export async function sendFrames(
  stage: Stage,
  gate: ClockGate,
  seed: number,
  total: number,
  onFault: (fault: string) => void,
  onProgress: (frames: number) => void,
): Promise<void> {
  let left = total;
  const texts = oddTexts(stage.ids);
  const { member: profile } = stage.profiles;
  if (!profile) throw new Error("somebody has to be signed in");

  async function open(): Promise<WebSocket> {
    for (let attempt = 0; ; attempt += 1) {
      const socket = new WebSocket(stage.server.origin.replace("http", "ws") + SOCKET_PATH, {
        headers: { origin: stage.server.origin, ...(profile && cookieHeader(profile)) },
      });
      socket.on("error", () => {}).on("close", (code: number) => endings.set(socket, code));
      const greeted = new Promise<boolean>((resolve) => {
        socket.once("message", () => resolve(true)).once("close", () => resolve(false));
      });
      if (await greeted) return socket;
      // The one before is not quite gone there.
      if (attempt === TRIES) throw new Error("no socket");
      await sleep(TRY_EVERY_MS);
    }
  }

  async function work(_: unknown, worker: number): Promise<void> {
    const chance = seeded(seed + worker);
    let socket = await open();
    let budget = SERVER_LIMITS.frameBurst - 1;
    while (left > 0) {
      if (budget < SENT_AT_ONCE + 1) {
        await gate.jump(REFILL_MS);
        budget = SERVER_LIMITS.frameBurst - 1;
        // The others may have sent what was left.
        continue;
      }
      const count = chance.chance(0.2) ? 1 : Math.min(left, SENT_AT_ONCE);
      left -= count;
      budget -= count + 1;
      const ending =
        count === 1 ? await sendText(socket, sample(texts, chance)) : await sendBroken(socket, count, chance);
      onProgress(count);
      if (ending === null) continue;
      if (!FAIR_ENDS.has(ending)) onFault(`a socket ended with ${ending}`);
      socket = await open();
      budget = SERVER_LIMITS.frameBurst - 1;
    }
    socket.terminate();
  }

  const sample = <T>(arbitrary: fc.Arbitrary<T>, chance: Seeded): T =>
    fc.sample(arbitrary, { numRuns: 1, seed: chance.below(2 ** 31) })[0] as T;

  /** @returns the code with which the connection ended; null where it goes on */
  async function sendText(socket: WebSocket, text: Buffer): Promise<number | null> {
    socket.send(text, { binary: false });
    socket.send('{"type":"ping"}');
    return untilAnswered(socket, (data, isBinary) => !isBinary && data.includes("pong"));
  }

  /** Each is refused by its number, or stored where the change was none to the server. */
  async function sendBroken(socket: WebSocket, count: number, chance: Seeded): Promise<number | null> {
    const waiting = new Set<number>();
    for (let i = 0; i < count; i += 1) {
      const number = chance.below(2 ** 32);
      waiting.add(number);
      socket.send(breakEnvelope(chance.pick(stage.envelopes), number, chance));
    }
    return untilAnswered(socket, (data, isBinary) => {
      if (!isBinary || data.length < SEND_HEADER_BYTES) return false;
      waiting.delete(data.readUInt32BE(1));
      const code = data[0] === REFUSED ? data.toString("latin1", SEND_HEADER_BYTES) : null;
      // Unavailable is what it calls a database that did not answer: it says so in its log as well, if that was not the clock's doing.
      if (code !== null && (!isErrorCode(code) || code === "internal"))
        onFault(`a message was refused with ${code}`);
      return waiting.size === 0;
    });
  }

  await Promise.all(Array.from({ length: SOCKETS }, work));
}

function untilAnswered(
  socket: WebSocket,
  isLast: (data: Buffer, isBinary: boolean) => boolean,
): Promise<number | null> {
  const ended = endings.get(socket);
  if (ended !== undefined) return Promise.resolve(ended);
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("the server does not answer")), PATIENCE_MS);
    const done = (code: number | null) => {
      clearTimeout(late);
      socket.off("message", hear).off("close", done);
      resolve(code);
    };
    const hear = (data: Buffer, isBinary: boolean) => {
      if (isLast(data, isBinary)) done(null);
    };
    socket.on("message", hear).on("close", done);
  });
}

/** A send frame whose envelope is another one now: bits turned, cut, drawn out, or nothing of it left. */
function breakEnvelope(frame: Uint8Array, number: number, chance: Seeded): Buffer {
  let envelope = Buffer.from(frame.subarray(SEND_HEADER_BYTES));
  const kind = chance.below(10);
  if (kind === 0) envelope = envelope.subarray(0, chance.below(envelope.length));
  else if (kind === 1)
    envelope = Buffer.concat([
      envelope,
      Buffer.alloc(chance.below(LIMITS.frameBytes - envelope.length - SEND_HEADER_BYTES)),
    ]);
  else if (kind === 2)
    envelope = Buffer.from(Array.from({ length: chance.below(600) }, () => chance.below(256)));
  // In the header, where every byte means something to the server.
  else for (let i = chance.below(4); i >= 0; i -= 1) envelope[chance.below(119)] = chance.below(256);
  const header = Buffer.alloc(SEND_HEADER_BYTES);
  header[0] = 1;
  header.writeUInt32BE(number, 1);
  return Buffer.concat([header, envelope]);
}
