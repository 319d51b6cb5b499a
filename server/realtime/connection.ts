import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import { type AccountId, type ConversationId, newId } from "../../lib/base/ids.ts";
import { closeCodeOf } from "../../lib/protocol/error-statuses.ts";
import type { ErrorCode } from "../../lib/protocol/errors.ts";
import type { ServerTextFrame } from "../../lib/protocol/frames.ts";
import { toAppError } from "../http/problem.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { Log } from "../log.ts";
import type { Client } from "../services/client.ts";
import type { Session } from "../services/sessions.ts";
import { type OutgoingFrame, toFrame, writeFrame } from "./outgoing.ts";
import { createTokenBucket, type TokenBucket } from "./token-bucket.ts";

/** One socket of one session: sizes, rates and liveness. What frames mean is dispatch's. */
export interface Connection {
  readonly id: string;
  readonly session: Session;
  readonly client: Client;
  /** Where access rules let this account not in from here: nothing of what is said there is sent. */
  refusedRooms: ReadonlySet<ConversationId>;
  /** A slow reader is closed instead of buffered for: it resumes from what it has. */
  send(frame: OutgoingFrame): void;
  sendText(frame: ServerTextFrame): void;
  close(code: ErrorCode): void;
}

/**
 * Answers one frame; null when that is done, as of most messages.
 * @throws AppError when the connection must end: no client of ours sends this, or the session is dead
 */
export type Dispatch = (connection: Connection, data: Buffer, isBinary: boolean) => Promise<void> | null;

export interface ConnectionDeps {
  dispatch: Dispatch;
  /** A policy, which holds for open sockets too. */
  framesPerSecond: () => number;
  /** What all sockets of an account here take from. */
  bucketOf: (account: AccountId) => TokenBucket;
  log: Log;
  clock: () => number;
  onClose: (connection: Connection) => void;
}

/** How long the peer may take to answer our close frame. */
const CLOSE_MS = 1_000;

/** @param wire what `socket` was made of */
export function createConnection(
  socket: WebSocket,
  wire: Duplex,
  session: Session,
  client: Client,
  refusedRooms: ReadonlySet<ConversationId>,
  { dispatch, framesPerSecond, bucketOf, log, clock, onClose }: ConnectionDeps,
): Connection {
  const bucket = createTokenBucket(framesPerSecond, SERVER_LIMITS.frameBurst, clock);
  const ofAccount = bucketOf(session.accountId);
  let alive = true;
  let closing = false;

  const connection: Connection = {
    id: newId(),
    session,
    client,
    refusedRooms,
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      // Where something was said in this turn already, nobody could have read that yet (outgoing.ts).
      if (wire.writableCorked === 0 && socket.bufferedAmount > SERVER_LIMITS.socketBufferBytes) {
        log.warn({ account: session.accountId }, "slow reader closed");
        connection.close("overloaded");
        return;
      }
      writeFrame(wire, frame);
    },
    sendText: (frame) => connection.send(toFrame(JSON.stringify(frame))),
    close(code) {
      if (closing) return;
      closing = true;
      socket.close(closeCodeOf(code), code);
      setTimeout(() => socket.terminate(), CLOSE_MS).unref();
    },
  };

  function end(error: unknown): void {
    const { code } = toAppError(error);
    if (code === "internal") log.error({ err: error }, "frame failed");
    connection.close(code);
  }

  const heartbeat = setInterval(() => {
    if (!alive) {
      socket.terminate();
      return;
    }
    alive = false;
    socket.ping();
  }, SERVER_LIMITS.pingSeconds * 1000);

  socket.on("pong", () => {
    alive = true;
  });
  socket.on("message", (data: RawData, isBinary: boolean) => {
    // Frames keep arriving until the peer has answered the close: they count for nothing.
    if (closing) return;
    if (!bucket.take() || !ofAccount.take()) {
      connection.close("too-many-requests");
      return;
    }
    try {
      dispatch(connection, data as Buffer, isBinary)?.catch(end);
    } catch (error) {
      end(error);
    }
  });
  socket.on("error", (error) => log.debug({ err: error }, "socket error"));
  socket.on("close", () => {
    clearInterval(heartbeat);
    onClose(connection);
  });
  return connection;
}
