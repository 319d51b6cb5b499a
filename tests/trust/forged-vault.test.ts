import { afterAll, beforeAll, expect, test } from "vitest";
import type { AccountId } from "../../lib/base/ids.ts";
import { createEntrance } from "../../lib/client/entrance.ts";
import { makeFirstKeys } from "../../lib/client/make-keys.ts";
import { newSecretKey, type RecoveryPsk, type RecoverySecret, type VaultKey } from "../../lib/crypto/keys.ts";
import { parseRecoveryCode, recoveryBoxKey } from "../../lib/crypto/recovery.ts";
import { openVaultKeyBox, sealVaultKey } from "../../lib/crypto/vault-key-box.ts";
import { type Device, registerDevice } from "../../server/testing/device.ts";
import { newProfile, nodePlatform } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { signInAgain } from "../../server/testing/sign-in.ts";
import { lying, text } from "./lies.ts";

let server: ServerProcess;
let alice: Device;

beforeAll(async () => {
  server = await startServer();
  alice = await registerDevice(server);
});

afterAll(async () => {
  alice?.close();
  await server?.dispose();
});

const keyOf = async (code: string) => recoveryBoxKey((await parseRecoveryCode(code)) as RecoverySecret);

/** A whole vault under an identity of the server's making, but for the box that Alice's code is to open. */
async function forge(account: AccountId) {
  const { recoveryCode, published } = await makeFirstKeys(account, "forged", Date.now());
  const key = await keyOf(recoveryCode);
  const vaultKey = await openVaultKeyBox(
    key,
    { account, keyVersion: 1, psk: key.psk },
    published.recoveryBox,
  );
  return { published, vaultKey: vaultKey as VaultKey };
}

test("a new browser with the code opens no vault that the server sealed to its public key", async () => {
  const account = alice.messenger.getState().me?.id as AccountId;
  const { published, vaultKey } = await forge(account);
  const { publicKey, psk } = await keyOf(alice.person.recoveryCode);
  // Alice comes back to a browser that is new, with nothing but her code.
  const profile = newProfile();
  await signInAgain(server, alice.person, profile);
  const recoverFrom = async (sealedWith: RecoveryPsk): Promise<void> => {
    const box = await sealVaultKey(publicKey, { account, keyVersion: 1, psk: sealedWith }, vaultKey);
    const wire = lying(/^\/api\/vault$/, (answer) => {
      const [root] = answer.entries as readonly { id: string }[];
      answer.identityKey = text(published.identityKey);
      answer.boxes = [text(box)];
      answer.entries = [{ ...root, counter: 1, vaultKeyVersion: 1, ciphertext: text(published.rootEntry) }];
    });
    await createEntrance(nodePlatform(server.origin, profile, wire)).recover(alice.person.recoveryCode);
  };
  await expect(recoverFrom(newSecretKey())).rejects.toMatchObject({ code: "vault-refused" });
  // Everything else about the forgery is right: with the code's own key it opens, and fails only at the real server.
  await expect(recoverFrom(psk)).rejects.not.toMatchObject({ code: "vault-refused" });
});
