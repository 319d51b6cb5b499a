import { fromUtf8 } from "../../lib/base/bytes.ts";
import { type ClientTextFrame, clientTextFrame } from "../../lib/protocol/client-text-frames.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { type ClientBinaryFrame, decodeClientFrame, encodeRefused } from "../../lib/protocol/frames.ts";
import { toAppError } from "../http/problem.ts";
import type { Services } from "../services/services.ts";
import type { Connection, Dispatch } from "./connection.ts";
import { toFrame } from "./outgoing.ts";
import type { Presence } from "./presence/presence.ts";

/** Every frame: is the session alive, is the frame well-formed, then one service call. */
export function createDispatch(
  { sessions, messages, receipts, log }: Pick<Services, "sessions" | "messages" | "receipts" | "log">,
  presence: Presence,
): Dispatch {
  return (connection, data, isBinary) => {
    if (!isBinary) return answerText(connection, parseText(data));
    const frame = parseBinary(data);
    const { id } = connection.session;
    if (!sessions.isKnownAlive(id, true))
      return sessions.require(id, true).then(() => send(connection, frame));
    send(connection, frame);
    return null;
  };

  async function answerText(connection: Connection, frame: ClientTextFrame): Promise<void> {
    const { id } = connection.session;
    switch (frame.type) {
      case "ping":
        connection.sendText({ type: "pong" });
        break;
      case "receipt":
        // A delivery receipt is the machine's doing; it must not keep an absent person signed in.
        await sessions.require(id, (frame.read ?? 0) > 0);
        await receipt(connection, frame);
        break;
      case "watch":
        await sessions.require(id, false);
        await presence.watch(connection, frame.people, frame.conversation);
        break;
      // These cost no query: a session that ends closes its sockets.
      case "hide":
        presence.hide(connection, frame.people);
        break;
      case "activity":
        presence.setActive(connection, frame.active);
        break;
      case "typing":
        await presence.writes(connection, frame.conversation);
        break;
    }
  }

  /** Nobody waits for it here: a receipt comes through the hub, in order with the messages around it. */
  function send({ session, client, id, send: answer }: Connection, frame: ClientBinaryFrame): void {
    const origin = { connection: id, request: frame.request };
    messages.send(session, frame.envelope, client, origin, frame.files).catch((error) => {
      const { code, message } = toAppError(error);
      if (code === "internal") log.error({ err: error }, "send failed");
      else log.debug({ reason: code, detail: message }, "send refused");
      answer(toFrame(encodeRefused(frame.request, code)));
    });
  }

  async function receipt(
    { session, client }: Connection,
    frame: Extract<ClientTextFrame, { type: "receipt" }>,
  ): Promise<void> {
    const { conversation, delivered = 0, read = 0 } = frame;
    try {
      await receipts.advance(session, conversation, { delivered, read }, client);
    } catch (error) {
      // Nobody waits for an answer; the next receipt says the same again.
      log.debug({ reason: toAppError(error).code }, "receipt refused");
    }
  }
}

function parseBinary(data: Buffer): ClientBinaryFrame {
  try {
    return decodeClientFrame(new Uint8Array(data.buffer, data.byteOffset, data.length));
  } catch {
    throw new AppError("bad-request", "binary frame");
  }
}

function parseText(data: Buffer): ClientTextFrame {
  try {
    const parsed = clientTextFrame.safeParse(JSON.parse(fromUtf8(data)));
    if (parsed.success) return parsed.data;
  } catch {
    // Not JSON, or not UTF-8.
  }
  throw new AppError("bad-request", "text frame");
}
