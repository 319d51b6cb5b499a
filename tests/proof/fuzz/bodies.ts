import { Agent, type IncomingMessage, request } from "node:http";
import fc from "fast-check";
import { applySetCookies } from "../../../lib/headless/platform/cookies.ts";
import { ERROR_STATUSES } from "../../../lib/protocol/error-statuses.ts";
import { isErrorCode } from "../../../lib/protocol/errors.ts";
import { cookieHeader } from "../../security/support/http.ts";
import type { ClockGate } from "./clock-gate.ts";
import { asBytes, bent, wellShaped } from "./grammar.ts";
import { ASKERS, type Asker, type Stage } from "./stage.ts";

/** A request nobody of ours makes. */
export interface Odd {
  readonly asker: Asker;
  readonly method: string;
  readonly route: string;
  readonly path: string;
  readonly type: string;
  readonly body: Buffer | null;
}

/** What would end the asker, and with it most of what follows. */
const FATAL = new Set(["DELETE /api/account"]);
const AT_ONCE = 16;
const TRIES = 3;
/** Of one length mostly, so that some follow upon others. */
const PART_BYTES = 64;

/** Of every route there is, as the stage's declarations and its own people's requests have them, and then changed. */
export function oddRequests({ targets, recorded, ids, uploads = [] }: Stage): fc.Arbitrary<Odd> {
  const asker = fc.constantFrom(...ASKERS);
  const type = fc.oneof(
    { weight: 20, arbitrary: fc.constant("application/json") },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "text/plain",
        "application/json; charset=utf-16",
        "multipart/form-data",
        "application/octet-stream",
        "",
      ),
    },
  );
  const declared = targets.map(({ method, path, shapes }) => {
    const { body, query } = shapes;
    const value = body ? wellShaped(body, ids) : fc.constant({});
    const changed = fc.oneof(value, value.chain(bent));
    const asked = query ? wellShaped(query, ids) : fc.constant({});
    return fc.record<Odd>({
      asker: FATAL.has(`${method} ${path}`) ? fc.constantFrom("nobody", "member") : asker,
      method: fc.constant(method),
      route: fc.constant(`${method} ${path}`),
      path: fc
        .tuple(fillPath(path, ids), fc.oneof(asked, asked.chain(bent)))
        .map(([at, query]) => at + queryOf(query)),
      type,
      body: method === "GET" ? fc.constant(null) : asBytes(changed),
    });
  });
  const real = recorded.map(({ method, path, body }) =>
    fc.record<Odd>({
      asker: fc.constantFrom("member", "bold"),
      method: fc.constant(method),
      route: fc.constant(`${method} ${path}`),
      path: fc.constant(path),
      type,
      body: asBytes(fc.constant(body).chain(bent)),
    }),
  );
  return fc.oneof(
    { weight: 20, arbitrary: fc.oneof(...declared) },
    ...(real.length > 0 ? [{ weight: 10, arbitrary: fc.oneof(...real) }] : []),
    ...(uploads.length > 0 ? [{ weight: 1, arbitrary: oddParts(uploads) }] : []),
  );
}

/** Bytes of files that were begun: what of all of them alone is no JSON. */
function oddParts(uploads: readonly string[]): fc.Arbitrary<Odd> {
  const offset = fc.oneof(
    fc.nat({ max: 20 }).map((parts) => String(parts * PART_BYTES)),
    fc.constantFrom("0", "-1", "1e3", "0x10", "", "9".repeat(15), "9".repeat(16)),
  );
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: PART_BYTES, maxLength: PART_BYTES }),
    fc.uint8Array({ maxLength: 5_000 }),
  );
  return fc.record<Odd>({
    asker: fc.constantFrom("nobody", "member", "member", "member", "bold"),
    method: fc.constant("PUT"),
    route: fc.constant("PUT of parts of a file"),
    path: fc.tuple(fc.constantFrom(...uploads), offset).map(([path, at]) => `${path}?offset=${at}`),
    type: fc.constant("application/octet-stream"),
    body: bytes.map((part) => Buffer.from(part)),
  });
}

const SEGMENTS = [
  "x",
  "%00",
  "..%2f..%2fme",
  "__proto__",
  "A".repeat(22),
  "A".repeat(3_000),
  "%F0%9F%92%A9",
  "-1",
];

function fillPath(path: string, ids: readonly string[]): fc.Arbitrary<string> {
  const segment = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...ids) },
    { weight: 1, arbitrary: fc.constantFrom(...SEGMENTS) },
  );
  return fc.array(segment, { minLength: 3, maxLength: 3 }).map((parts) => {
    let next = 0;
    return path.replace(/\[[^\]]+\]/g, () => parts[next++] ?? "x");
  });
}

function queryOf(query: unknown): string {
  if (typeof query !== "object" || query === null || Object.keys(query).length === 0) return "";
  const text = Object.entries(query).map(([name, value]) => [
    name,
    typeof value === "string" ? value : (JSON.stringify(value) ?? ""),
  ]);
  return `?${new URLSearchParams(text)}`.slice(0, 4_000);
}

/** Sends them all. @param onAnswer status, code and what was asked @returns when all are answered */
export async function sendAll(
  { server, profiles }: Stage,
  gate: ClockGate,
  odd: Iterator<Odd>,
  onAnswer: (odd: Odd, status: number, fault: string | null) => void,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let count = 0;
  async function work(): Promise<void> {
    for (let next = odd.next(); !next.done; next = odd.next()) {
      count += 1;
      const { value } = next;
      const number = count;
      let { status, fault } = await gate.through(() => ask(value, number));
      // A connection that is kept open may be closed by the server in the moment it is used again.
      for (let again = 0; status === 0 && again < TRIES; again += 1)
        ({ status, fault } = await gate.through(() => ask(value, number)));
      onAnswer(value, status, fault);
    }
  }

  function ask({ asker, method, path, type, body }: Odd, number: number) {
    const profile = profiles[asker];
    const headers = {
      host: `localhost:${server.port}`,
      origin: server.origin,
      // Nobody's attempts count together.
      "x-forwarded-for": `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
      ...(body && { "content-type": type, "content-length": String(body.length) }),
      ...(profile && cookieHeader(profile)),
    };
    return new Promise<{ status: number; fault: string | null }>((resolve) => {
      const failed = (error: Error) => resolve({ status: 0, fault: `no answer: ${error.message}` });
      const sent = request(
        { host: "127.0.0.1", port: server.port, method, path, agent, headers },
        (answer) => {
          let text = "";
          answer.setEncoding("utf8").on("data", (part: string) => {
            text += part;
          });
          answer.on("error", failed).on("end", () => {
            const cookies = answer.headers["set-cookie"] ?? [];
            if (profile) applySetCookies(profile.cookies, cookies);
            resolve({ status: answer.statusCode ?? 0, fault: findFault(answer, text) });
          });
        },
      );
      sent.on("error", failed);
      sent.end(body);
    });
  }

  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    agent.destroy();
  }
}

/** Whatever is refused is refused with a code of ours, under that code's status. */
function findFault({ statusCode: status = 0, headers }: IncomingMessage, text: string): string | null {
  if (status >= 200 && status < 400) return null;
  if (headers["content-type"] !== "application/problem+json")
    return `${status} without a code: ${text.slice(0, 80)}`;
  const { code } = JSON.parse(text) as { code: unknown };
  if (!isErrorCode(code)) return `${status} with the unknown code ${code}`;
  if (ERROR_STATUSES[code] !== status) return `${status} for ${code}`;
  // "Come again" is an answer: whoever verifies the journal while others do hears it.
  return status >= 500 && code !== "overloaded" ? `${status} ${code}` : null;
}
