import { fromUtf8, utf8 } from "../../lib/base/bytes.ts";
import { sealToLink } from "../../lib/crypto/device-link.ts";
import { newSecretKey } from "../../lib/crypto/keys.ts";
import type { Device } from "../../server/testing/device.ts";
import { perfectWire, type Wire } from "../../server/testing/node-platform.ts";
import type { ServerProcess } from "../../server/testing/server-process.ts";
import { cookieHeader, send } from "../security/support/http.ts";

/** Rewrites JSON answers to paths that match. */
export function lying(path: RegExp, change: (answer: Record<string, unknown>) => void): Wire {
  return {
    ...perfectWire(),
    answer(asked, body) {
      if (!path.test(asked)) return body;
      const answer = JSON.parse(fromUtf8(body));
      change(answer);
      return utf8(JSON.stringify(answer));
    },
  };
}

export const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");

/** A well-formed box for the newcomer's key. */
export async function fakeAnswer(server: ServerProcess, alice: Device, id: string): Promise<{ box: string }> {
  const shown = await send(server, "GET", `/api/links/${id}`, { headers: cookieHeader(alice.profile) });
  const deviceKey = new Uint8Array(Buffer.from(JSON.parse(shown.body).deviceKey, "base64url"));
  const account = alice.messenger.getState().me?.id as never;
  const place = { account, link: id as never, vaultKeyVersion: 1, psk: newSecretKey() };
  return { box: text(await sealToLink(deviceKey, place, newSecretKey())) };
}
