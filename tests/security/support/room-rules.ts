import { concat } from "../../../lib/base/bytes.ts";
import { type AccountId, type ConversationId, newId } from "../../../lib/base/ids.ts";
import { createApi } from "../../../lib/client/api.ts";
import type { AccessRule } from "../../../lib/protocol/access-rules.ts";
import { accessRulesAnswer } from "../../../lib/protocol/http/admin/access-rules.ts";
import { encodeEnvelopeHeader, MIN_ENVELOPE_BYTES } from "../../../lib/protocol/layout/envelope.ts";
import { putForward } from "../../../server/testing/clock.ts";
import { type Device, freshTotpCode } from "../../../server/testing/device.ts";
import { nodePlatform } from "../../../server/testing/node-platform.ts";
import type { ServerProcess } from "../../../server/testing/server-process.ts";

/** So long a server goes by what it knows of a session. */
const SESSION_CACHE_MS = 2_000;

/** A message as the server sees it: nobody can open it. */
export function newEnvelope(conversation: ConversationId, sender: AccountId): Uint8Array {
  const header = encodeEnvelopeHeader({
    ...{ kind: "message", conversation, sender, message: newId(), keyEpoch: 1 },
    ...{ recordHash: new Uint8Array(32), salt: new Uint8Array(32) },
  });
  return concat(header, new Uint8Array(MIN_ENVELOPE_BYTES - header.length));
}

export const keepOut = (room: ConversationId, email: string): AccessRule => ({
  effect: "deny",
  place: "room",
  room,
  by: "email",
  patterns: email,
  note: "",
});

/** With both factors, as they must be proved every five minutes. */
async function steppedUp(
  server: ServerProcess,
  { profile, person }: Device,
  work: (api: ReturnType<typeof createApi>) => Promise<void>,
): Promise<void> {
  const api = createApi(nodePlatform(server.origin, profile));
  const code = await freshTotpCode(person.totpSecret);
  await api.send("POST", "/api/step-up", { password: person.password, code });
  await work(api);
}

/** Known to every session when this resolves. */
export async function setEmail(server: ServerProcess, device: Device, email: string): Promise<void> {
  await steppedUp(server, device, (api) => api.send("PUT", "/api/me/email", { email }));
  await putForward(SESSION_CACHE_MS);
}

/** Whether the server takes anything new in a room. */
export const setArchived = (
  server: ServerProcess,
  administrator: Device,
  room: ConversationId,
  archived: boolean,
): Promise<void> =>
  steppedUp(server, administrator, (api) =>
    api.send(archived ? "PUT" : "DELETE", `/api/admin/rooms/${room}/archive`, {}),
  );

/** As `setArchived`: a room that lost its owners is offered to somebody. */
export const offerRoom = (
  server: ServerProcess,
  administrator: Device,
  room: ConversationId,
  account: AccountId,
): Promise<void> =>
  steppedUp(server, administrator, (api) => api.send("PUT", `/api/admin/rooms/${room}/offer`, { account }));

/** The account, by its own browser and without a signed leaving: as if an administrator had deleted it. */
export const endAccount = (server: ServerProcess, device: Device): Promise<void> =>
  steppedUp(server, device, (api) =>
    api.send("DELETE", "/api/account", { name: device.person.name, departures: [] }),
  );

/** In place of those that hold. */
export const setRules = (
  server: ServerProcess,
  administrator: Device,
  rules: readonly AccessRule[],
): Promise<void> =>
  steppedUp(server, administrator, async (api) => {
    const { version } = await api.get("/api/admin/access-rules", accessRulesAnswer);
    await api.send("PUT", "/api/admin/access-rules", { version, rules, trial: false });
  });
