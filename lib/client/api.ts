import type { ZodMiniType } from "zod/mini";
import type { Bytes } from "../base/bytes.ts";
import { toBase64url } from "../base/encoding.ts";
import type { AccountId } from "../base/ids.ts";
import { AppError, isErrorCode } from "../protocol/errors.ts";
import { sessionAnswer } from "../protocol/http/accounts.ts";
import type { Platform } from "./platform.ts";

/** A network that swallows everything says nothing for minutes. */
const TIMEOUT_MS = 30_000;

/** HTTP with our errors: every call rejects with AppError, "offline" when the network does not answer. */
export interface Api {
  get<T>(path: string, answer: ZodMiniType<T>): Promise<T>;
  /** @param range bytes from the first to the second, that one excluded */
  getBytes(path: string, range?: readonly [number, number]): Promise<Uint8Array>;
  post<T>(path: string, body: unknown, answer: ZodMiniType<T>): Promise<T>;
  /** Sends bytes as they are. */
  put<T>(path: string, bytes: Bytes, answer: ZodMiniType<T>): Promise<T>;
  send(method: "POST" | "PUT" | "DELETE", path: string, body: unknown): Promise<void>;
  /**
   * Renews the session cookie.
   * @param active whether the person is there: that moves the session's idle limit
   * @returns null when signed out
   */
  renewSession(active: boolean): Promise<AccountId | null>;
}

export function createApi(platform: Pick<Platform, "fetch">): Api {
  const renewing = new Map<boolean, Promise<AccountId | null>>();

  async function request(path: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await platform.fetch(path, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch {
      throw new AppError("offline", "no answer");
    }
    if (response.ok) return response;
    throw await toAppError(response);
  }

  /** The cookie's token lives for minutes, the session for hours: a stale one is renewed and the request repeated. */
  async function call(path: string, init: RequestInit = {}): Promise<Response> {
    try {
      return await request(path, init);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "session-stale") throw error;
      if ((await renewSession(false)) === null) throw new AppError("signed-out");
      return request(path, init);
    }
  }

  function renewSession(active: boolean): Promise<AccountId | null> {
    const running = renewing.get(active);
    if (running) return running;
    const renewal = request(`/api/auth/session${active ? "?active=1" : ""}`, {})
      .then((response) => parse(sessionAnswer, response))
      .then(({ user }) => user?.id ?? null)
      .finally(() => renewing.delete(active));
    renewing.set(active, renewal);
    return renewal;
  }

  const withBody = (method: string, body: unknown): RequestInit => ({
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body, (_, value) => (value instanceof Uint8Array ? toBase64url(value) : value)),
  });

  return {
    get: async (path, answer) => parse(answer, await call(path)),
    async getBytes(path, range) {
      const headers = range && { range: `bytes=${range[0]}-${range[1] - 1}` };
      const response = await call(path, headers && { headers });
      try {
        return new Uint8Array(await response.arrayBuffer());
      } catch {
        throw new AppError("offline", "the answer broke off");
      }
    },
    post: async (path, body, answer) => parse(answer, await call(path, withBody("POST", body))),
    put: async (path, body, answer) =>
      parse(
        answer,
        await call(path, { method: "PUT", headers: { "content-type": "application/octet-stream" }, body }),
      ),
    async send(method, path, body) {
      await call(path, withBody(method, body));
    },
    renewSession,
  };
}

async function parse<T>(schema: ZodMiniType<T>, response: Response): Promise<T> {
  const text = await response.text().catch(() => {
    throw new AppError("offline", "the answer broke off");
  });
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new AppError("internal", "the server's answer is not understood");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function toAppError(response: Response): Promise<AppError> {
  const body = (await response.json().catch(() => ({}))) as {
    code?: unknown;
    reason?: unknown;
    until?: unknown;
  };
  const { reason, until } = body;
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  const fallback = response.status >= 502 && response.status <= 504 ? "unavailable" : "internal";
  return new AppError(
    isErrorCode(body.code) ? body.code : fallback,
    `HTTP ${response.status}`,
    Number.isFinite(retryAfter) ? retryAfter : undefined,
    typeof reason === "string" ? { reason, until: typeof until === "number" ? until : null } : undefined,
  );
}
