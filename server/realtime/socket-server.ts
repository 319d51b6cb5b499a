import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { ERROR_STATUSES } from "../../lib/protocol/error-statuses.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { SOCKET_PATH } from "../../lib/protocol/frames.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { AddressOf } from "../http/client-address.ts";
import { toAppError } from "../http/problem.ts";
import { requireSession } from "../http/session-cookie.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { Services } from "../services/services.ts";
import { type Connection, type ConnectionDeps, createConnection } from "./connection.ts";
import { createDispatch } from "./dispatch.ts";
import type { Hub } from "./hub.ts";
import type { Heads } from "./nodes/catch-up.ts";
import type { Presence } from "./presence/presence.ts";
import { createTokenBucket, type TokenBucket } from "./token-bucket.ts";

export interface SocketServerDeps {
  services: Services;
  hub: Hub;
  presence: Presence;
  /** What a socket was told about where its conversations stand. */
  onGreeted: (heads: Heads) => void;
  publicUrl: URL;
  addressOf: AddressOf;
  clock: () => number;
}

/** Between two sockets that are greeted anew. */
const GREET_MS = 5;
/** After so long without a socket an account's limit would be what it was at first. */
const FULL_AGAIN_MS = 15_000;
/** How often open sockets are held against their sessions' limits and the access rules. */
const SWEEP_MS = 30_000;

/** Everything is decided before the upgrade: origin, cookie, live session, number of sockets. */
export function createSocketServer(deps: SocketServerDeps) {
  const { services, hub, presence, onGreeted, publicUrl, addressOf, clock } = deps;
  const { log, sessions, accessRules, announcements, conversations, keys, visibility, policies } = services;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.frameBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const framesPerSecond = () => policies.current().framesPerSecond;
  /** Of who is connected: with a limit for each socket alone, whoever has many sessions would have none. */
  const buckets = new Map<AccountId, TokenBucket>();

  function bucketOf(account: AccountId): TokenBucket {
    const { accountPace, accountBurst, frameBurst } = SERVER_LIMITS;
    const bucket =
      buckets.get(account) ??
      createTokenBucket(() => accountPace * framesPerSecond(), accountBurst * frameBurst, clock);
    buckets.set(account, bucket);
    return bucket;
  }

  // One for all of them: a socket costs as much memory as it holds on to.
  const shared: ConnectionDeps = {
    dispatch: createDispatch(services, presence),
    framesPerSecond,
    bucketOf,
    log,
    clock,
    onClose(connection) {
      hub.remove(connection);
      const { accountId } = connection.session;
      setTimeout(() => hub.visibilityOf(accountId) || buckets.delete(accountId), FULL_AGAIN_MS).unref();
      presence.remove(connection);
    },
  };

  async function accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (request.headers.origin !== publicUrl.origin || request.headers.host !== publicUrl.host) {
      throw new AppError("wrong-origin", "socket");
    }
    const admission = await requireSession(services, request.headers.cookie, false);
    // No more than that is kept for as long as the socket lives.
    const { id, accountId, deviceId, email } = admission;
    const session = { id, accountId, deviceId };
    const seen = await visibility.of(session.accountId);
    const client = {
      address: addressOf(request),
      agent: (request.headers["user-agent"] ?? "").slice(0, 255),
      session: session.id,
    };
    await accessRules.require("server", admission, client);
    // Last, and not waited after: of many that come at once each sees those before it.
    if (hub.socketsOfSession(session.id) >= LIMITS.socketsPerSession) throw new AppError("too-many-sockets");
    server.handleUpgrade(request, socket, head, (webSocket) => {
      const refused = accessRules.refusedRooms(email, client);
      const connection = createConnection(webSocket, socket, session, client, refused, shared);
      hub.add(connection, seen);
      presence.add(connection, seen);
      startGreeting(connection);
    });
  }

  function startGreeting(connection: Connection): void {
    greet(connection).catch((error) => {
      const { code } = toAppError(error);
      if (code === "internal") log.error({ err: error }, "greeting failed");
      connection.close(code === "signed-out" || code === "access-refused" ? code : "unavailable");
    });
  }

  /** Sent once the hub delivers to this socket, so that nothing falls between what it says and what follows. */
  async function greet(connection: Connection): Promise<void> {
    const { session, sendText } = connection;
    // A sign-out between the check before the upgrade and the hub has found nothing to close.
    connection.refusedRooms = await requireAdmitted(connection);
    const [{ heads, ...standing }, vaultWrites] = await Promise.all([
      conversations.heads(session),
      keys.vaultWrites(session),
    ]);
    const seen = await visibility.of(session.accountId);
    // Another node may have been told of a change that nobody told this one.
    hub.setVisibility(session.accountId, seen);
    presence.handle({ type: "visibility", account: session.accountId, visibility: seen });
    onGreeted(heads);
    sendText({
      type: "ready",
      ...standing,
      visibility: seen,
      heads: heads.map(({ id, archived, offered, ...head }) => ({
        conversation: id,
        ...head,
        // Nobody can be let in meanwhile, and need not try.
        ...(archived && { archived, requests: 0 }),
        ...(offered && { offered }),
        ...(connection.refusedRooms.has(id) && { lastSeq: 0, requests: 0, refused: true }),
      })),
      vaultWrites,
      announcements: [...announcements.current()],
    });
  }

  /** @returns the rooms that refuse it. @throws AppError "signed-out", "access-refused" */
  async function requireAdmitted({ session, client }: Connection): Promise<ReadonlySet<ConversationId>> {
    const { email } = await sessions.require(session.id, false);
    if (!accessRules.mayEnter("server", email, client)) throw new AppError("access-refused", "socket");
    return accessRules.refusedRooms(email, client);
  }

  /** Where a room refuses it that did not, or no longer does, its heads say so; to who is not in there nothing. */
  async function judgeAnew(connection: Connection): Promise<void> {
    const before = connection.refusedRooms;
    const now = await requireAdmitted(connection);
    const others = [...before, ...now].filter((room) => before.has(room) !== now.has(room));
    connection.refusedRooms = now;
    if (others.length === 0) return;
    // Where that cannot be asked they are told too: nobody would come back to it.
    const own = await conversations.amongRooms(connection.session, others).catch(() => others);
    if (own.length > 0) startGreeting(connection);
  }

  /** Closes those whose sessions are over, or that are where access rules let nobody in. */
  function review(): void {
    for (const connection of hub.connections()) {
      judgeAnew(connection).catch((error) => {
        const { code } = toAppError(error);
        if (code === "signed-out" || code === "access-refused") connection.close(code);
      });
    }
  }
  const sweep = setInterval(review, SWEEP_MS);

  return {
    /** For the HTTP server's one "upgrade" listener. @returns false when the path is not ours */
    handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
      if (request.url !== SOCKET_PATH) return false;
      socket.on("error", () => socket.destroy());
      accept(request, socket, head).catch((error) => {
        const { code, message } = toAppError(error);
        log.debug({ reason: code, detail: message }, "socket refused");
        refuse(socket, ERROR_STATUSES[code]);
      });
      return true;
    },

    review,

    /** Tells all of them, or those of these people, anew where everything stands, one after the other. */
    greetAll(people?: Iterable<AccountId>): void {
      let delay = 0;
      for (const connection of hub.connections(people)) {
        setTimeout(() => startGreeting(connection), delay).unref();
        delay += GREET_MS;
      }
    },

    /** Lets nobody in from now on, also who was looked at already. */
    close(): void {
      clearInterval(sweep);
      server.close();
      for (const connection of hub.connections()) connection.close("unavailable");
    },
  };
}

/** Whoever never closes would else keep the connection. */
function refuse(socket: Duplex, status: number): void {
  socket.once("finish", () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
