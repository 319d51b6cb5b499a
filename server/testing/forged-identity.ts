import { makeFirstKeys } from "../../lib/client/make-keys.ts";
import type { Device } from "./device.ts";

/** Public keys for a person as the server could make them up: sound, and of another identity. */
export async function forgeIdentityFor(device: Device): Promise<string> {
  const me = device.messenger.getState().me;
  if (!me) throw new Error("not signed in");
  const { published } = await makeFirstKeys(me.id, "forged", Date.now());
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
  return JSON.stringify({
    account: me,
    identityKey: text(published.identityKey),
    signingCertificates: [text(published.signingCertificate)],
    transportCertificate: text(published.transportCertificate),
    former: [],
  });
}
