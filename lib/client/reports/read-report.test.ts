import { beforeAll, describe, expect, it } from "vitest";
import { type Bytes, equalBytes } from "../../base/bytes.ts";
import {
  type AccountId,
  type DeviceId,
  idToBytes,
  type MessageId,
  newId,
  type ReportId,
} from "../../base/ids.ts";
import { certificateHash } from "../../crypto/certificate.ts";
import type { Evidence } from "../../crypto/evidence.ts";
import { messageSignatureInput } from "../../crypto/inner-message.ts";
import { newSecretKey, type ReportKey } from "../../crypto/keys.ts";
import { type ReportBody, sealReport, signReport } from "../../crypto/report.ts";
import { sealBox } from "../../crypto/sealed-box.ts";
import { sign } from "../../crypto/signature.ts";
import { type Person as Keys, newPerson } from "../../crypto/testing/people.ts";
import { type Content, encodeContent } from "../../protocol/content.ts";
import { encodeEnvelopeHeader } from "../../protocol/layout/envelope.ts";
import type { Person } from "../model.ts";
import { createReportReader } from "./read-report.ts";

const conversation = newId<never>();
const named = (id: AccountId): Person => ({ id, name: "", displayName: "", status: "", picture: null });

let alice: Keys;
let bob: Keys;
let carol: Keys;

beforeAll(async () => {
  [alice, bob, carol] = [await newPerson(), await newPerson(), await newPerson()];
});

/** What `sender` said, or with other keys somebody in their name. */
async function said(
  sender: Keys,
  content: Content,
  id = newId<MessageId>(),
  where = conversation,
): Promise<Evidence> {
  const header = {
    kind: "message",
    conversation: where,
    sender: sender.account,
    message: id,
    keyEpoch: 1,
    recordHash: new Uint8Array(32),
    salt: new Uint8Array(32),
  } as const;
  const statement = {
    device: newId<DeviceId>(),
    deviceSequence: 1,
    transcriptHead: new Uint8Array(32),
    transcriptPosition: 0,
    sentAt: 1000,
  };
  const bytes = encodeContent(content);
  const signature = await sign(
    sender.key,
    await messageSignatureInput(encodeEnvelopeHeader(header), statement, bytes),
  );
  return {
    seq: 4,
    message: { ...statement, header, content: bytes, signature },
    certificate: sender.certificate,
    identityKey: sender.identity.publicKey,
  };
}

/** As Alice, who runs the server, opens what Carol reported. */
async function read(evidence: readonly Evidence[], more: { by?: Keys; to?: Bytes } = {}) {
  const { by = carol, to = alice.transport.publicKey } = more;
  const place = { report: newId<ReportId>(), conversation, reporter: carol.account };
  const body: ReportBody = {
    ...place,
    certificateHash: carol.certificateHash,
    reason: "spam",
    note: "again",
    time: 1,
    evidence,
  };
  const key = newSecretKey<ReportKey>();
  const context = {
    purpose: "report-key",
    account: alice.account,
    object: idToBytes(place.report),
    epoch: 1,
  } as const;
  const reader = createReportReader({
    vault: { account: alice.account, root: () => ({ transport: [{ seed: alice.transport.seed }] }) },
    identities: {
      pins: { find: async () => null },
      async findSigningKey(account: AccountId, hash: Bytes) {
        const known = [alice, bob, carol].find((one) => one.account === account);
        return known && equalBytes(await certificateHash(known.certificate), hash)
          ? known.key.publicKey
          : null;
      },
      person: async (account: AccountId) => named(account),
    },
  } as never);
  const { opened } = await reader({
    id: place.report,
    conversation,
    reporter: named(carol.account),
    at: 5,
    sealed: await sealReport(await signReport(by.key, body), key, place),
    box: await sealBox(to, context, key),
    erased: false,
  });
  return opened;
}

describe("a report", () => {
  it("shows what was said, as it was edited, and that its sender said it", async () => {
    const first = await said(bob, { type: "text", text: "kind words" });
    const target = { id: first.message.header.message, seq: 4 };
    const opened = await read([
      first,
      await said(bob, { type: "edit", target, text: "other words" }),
      // Nobody else changes what Bob said.
      await said(carol, { type: "edit", target, text: "never said" }),
      await said(carol, { type: "text", text: "what?" }),
    ]);
    expect(opened).toMatchObject({ reason: "spam", note: "again", signed: true });
    expect(opened?.message).toMatchObject({
      id: target.id,
      seq: 4,
      sender: { id: bob.account },
      proof: "proven",
    });
    expect(opened?.message.words.map(({ text }) => text)).toEqual(["kind words", "other words"]);
    expect(opened?.around.map(({ words, proof }) => [words[0]?.text, proof])).toEqual([["what?", "proven"]]);
  });

  it("is told from one whose words were never said", async () => {
    const real = await said(bob, { type: "text", text: "kind words" });
    const content = encodeContent({ type: "text", text: "evil words" });
    const changed = { ...real, message: { ...real.message, content } };
    expect((await read([changed]))?.message.proof).toBe("forged");
    const mine = await said({ ...carol, account: bob.account }, { type: "text", text: "evil words" });
    expect((await read([mine]))?.message.proof).toBe("forged");
    const elsewhere = await said(bob, { type: "text", text: "to others" }, newId(), newId<never>());
    expect((await read([elsewhere]))?.message.proof).toBe("forged");
    // An edit that Bob never made changes nothing of what he said.
    const target = { id: real.message.header.message, seq: 4 };
    const edit = await said(bob, { type: "edit", target, text: "kinder words" });
    const forged = {
      ...edit,
      message: { ...edit.message, content: encodeContent({ type: "edit", target, text: "evil" }) },
    };
    const opened = await read([real, forged]);
    expect(opened?.message).toMatchObject({ proof: "proven", words: [{ text: "kind words" }] });
  });

  it("says where somebody of the same number and another identity signed", async () => {
    const impostor = await newPerson(bob.account);
    const opened = await read([await said(impostor, { type: "text", text: "evil words" })]);
    expect(opened?.message.proof).toBe("other-identity");
  });

  it("says where its reporter did not sign it, and nothing where it does not open", async () => {
    const evidence = [await said(bob, { type: "text", text: "words" })];
    expect(await read(evidence, { by: bob })).toMatchObject({ signed: false, message: { proof: "proven" } });
    expect(await read(evidence, { to: bob.transport.publicKey })).toBeNull();
  });
});
