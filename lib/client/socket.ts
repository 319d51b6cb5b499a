import type { FileId } from "../base/ids.ts";
import type { SealedEnvelope } from "../crypto/message.ts";
import type { ClientTextFrame } from "../protocol/client-text-frames.ts";
import { AppError, SIGNED_OUT_CLOSE } from "../protocol/errors.ts";
import {
  decodeServerFrame,
  encodeSend,
  type ServerTextFrame,
  SOCKET_PATH,
  type StoredMessage,
  serverTextFrame,
} from "../protocol/frames.ts";
import type { Api } from "./api.ts";
import type { Connection } from "./model.ts";
import type { ClientSocket, Platform } from "./platform.ts";

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** Whoever is refused is let in when rules change, or by another network, which wakes the platform. */
const REFUSED_DELAY_MS = 60_000;
/** Silence after which the other side is asked, and after which it is given up. */
const QUIET_MS = 20_000;
const ANSWER_MS = 10_000;
const OPEN = 1;

export interface Receipt {
  readonly seq: number;
  readonly storedAt: number;
}

export interface SocketHandlers {
  onState(state: Connection): void;
  onMessage(message: StoredMessage): void;
  /** Never rejects. */
  onText(frame: ServerTextFrame): Promise<void>;
  onSignedOut(): void;
}

interface Waiting {
  resolve(receipt: Receipt): void;
  reject(error: AppError): void;
}

/** One connection that comes back by itself, with back-off. What was missed is the caller's to fetch at `ready`. */
export function createSocket(platform: Platform, api: Api, handlers: SocketHandlers) {
  const waiting = new Map<number, Waiting>();
  let socket: ClientSocket | null = null;
  let request = 0;
  let delay = FIRST_DELAY_MS;
  let stopped = true;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  let forgetConnectivity = () => {};

  async function connect(): Promise<void> {
    clearTimeout(retry);
    if (stopped || socket) return;
    try {
      // Also tells "signed out" from "no network", which a refused upgrade does not.
      if ((await api.renewSession(false)) === null) {
        stop();
        handlers.onSignedOut();
        return;
      }
    } catch (error) {
      later(stateAfter(error));
      return;
    }
    if (stopped || socket) return;
    const opened = platform.openSocket(SOCKET_PATH);
    socket = opened;
    opened.binaryType = "arraybuffer";
    watch();
    opened.onmessage = ({ data }) => {
      if (opened === socket) receive(data);
    };
    opened.onclose = ({ code }) => {
      if (opened === socket) drop(code);
    };
  }

  /** The connection is over: what was not acknowledged counts as unsent, and is sent again under its id. */
  function drop(code: number): void {
    const old = socket;
    socket = null;
    clearTimeout(quiet);
    if (old && old.readyState <= OPEN) old.close();
    for (const { reject } of waiting.values()) reject(new AppError("offline", "connection lost"));
    waiting.clear();
    if (stopped) return;
    // Of that session only: another tab, or another command, may have signed in anew. `connect` asks.
    if (code === SIGNED_OUT_CLOSE && delay === FIRST_DELAY_MS) {
      delay *= 2;
      void connect();
      return;
    }
    later();
  }

  function later(state: Connection = "offline"): void {
    handlers.onState(state);
    if (stopped) return;
    clearTimeout(retry);
    if (state === "refused") delay = REFUSED_DELAY_MS;
    // Half of it random, so that a thousand clients do not come back in the same moment.
    retry = setTimeout(() => void connect(), delay / 2 + (Math.random() * delay) / 2);
    delay = Math.min(delay * 2, LONGEST_DELAY_MS);
  }

  function watch(): void {
    clearTimeout(quiet);
    quiet = setTimeout(probe, QUIET_MS);
  }

  function probe(): void {
    sendText({ type: "ping" });
    clearTimeout(quiet);
    quiet = setTimeout(() => drop(0), ANSWER_MS);
  }

  function receive(data: unknown): void {
    watch();
    if (typeof data === "string") {
      const frame = parseText(data);
      if (!frame) return;
      if (frame.type === "ready") {
        handlers.onState("online");
      }
      void handlers.onText(frame).then(() => {
        // Back-off ends with a connection that worked, not with one that merely opened.
        if (frame.type === "ready" && socket) delay = FIRST_DELAY_MS;
      });
      return;
    }
    const frame = parseBinary(data);
    if (!frame) return;
    if (frame.type === "message") {
      handlers.onMessage(frame);
      return;
    }
    const sender = waiting.get(frame.request);
    waiting.delete(frame.request);
    if (frame.type === "stored") sender?.resolve(frame);
    else sender?.reject(new AppError(frame.code));
  }

  const isOpen = () => socket?.readyState === OPEN;

  function sendText(frame: ClientTextFrame): void {
    if (isOpen()) socket?.send(JSON.stringify(frame));
  }

  function stop(): void {
    stopped = true;
    clearTimeout(retry);
    forgetConnectivity();
    drop(1000);
  }

  return {
    start(): void {
      if (!stopped) return;
      stopped = false;
      forgetConnectivity = platform.onConnectivity({
        wake() {
          delay = FIRST_DELAY_MS;
          if (socket) probe();
          else void connect();
        },
        // An open socket says nothing for minutes when the network goes.
        lost: () => drop(0),
      });
      void connect();
    },
    stop,
    isOpen,
    sendText,

    /** Drops the connection and comes back, with back-off. */
    reconnect(): void {
      if (socket) drop(0);
    },

    /**
     * Resolves when the message is durable. Takes nothing but what sealing returns.
     * @throws AppError as the server refuses; "offline" when the connection is not there, ends, or is silent
     */
    send(envelope: SealedEnvelope, files: readonly FileId[]): Promise<Receipt> {
      const current = socket;
      if (current?.readyState !== OPEN) return Promise.reject(new AppError("offline", "not connected"));
      request = (request + 1) % 0xffffffff;
      const number = request;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => current === socket && drop(0), ANSWER_MS);
        waiting.set(number, {
          resolve(receipt) {
            clearTimeout(timer);
            resolve(receipt);
          },
          reject(error) {
            clearTimeout(timer);
            reject(error);
          },
        });
        current.send(encodeSend(number, envelope, files));
      });
    },
  };
}

export type Socket = ReturnType<typeof createSocket>;

/** How the connection is after a try that failed. */
export const stateAfter = (error: unknown): Connection =>
  error instanceof AppError && error.code === "access-refused" ? "refused" : "offline";

function parseText(data: string): ServerTextFrame | null {
  try {
    const parsed = serverTextFrame.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function parseBinary(data: unknown) {
  try {
    return data instanceof ArrayBuffer ? decodeServerFrame(new Uint8Array(data)) : null;
  } catch {
    return null;
  }
}
