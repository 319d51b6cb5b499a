import { utf8 } from "../../base/bytes.ts";
import {
  type AccountId,
  type ConversationId,
  type DeviceId,
  idToBytes,
  type MessageId,
  newId,
  type ReportId,
} from "../../base/ids.ts";
import { parseWith } from "../errors.ts";
import { type Evidence, encodeEvidence, parseEvidence, verifyEvidence } from "../evidence.ts";
import { newSecretKey, type ReportKey } from "../keys.ts";
import { openMessage, sealMessage } from "../message.ts";
import { isSignedBy, openReport, type ReportBody, sealReport, signReport } from "../report.ts";
import { openBox, sealBox } from "../sealed-box.ts";
import { directory, newPerson, type Person } from "./people.ts";
import {
  requireBytes,
  requireEqual,
  requireEveryChangeRefused,
  requireRefused,
  type Suite,
} from "./portable.ts";
import { newDirect } from "./rooms.ts";

const WORDS = utf8('{"type":"text","text":"what was said"}');

/** Bob shows Carol, who is in no conversation with anybody, what Alice has written to him. */
async function newScene() {
  const [alice, bob, carol] = [await newPerson(), await newPerson(), await newPerson()];
  const { conversation, key, created } = await newDirect(alice, bob);
  const envelope = await sealMessage(
    {
      conversation,
      sender: alice.account,
      message: newId<MessageId>(),
      keyEpoch: 1,
      recordHash: created.state.head,
      device: newId<DeviceId>(),
      deviceSequence: 7,
      transcriptHead: new Uint8Array(32),
      transcriptPosition: 0,
      sentAt: 1_700_000_000_000,
      content: WORDS,
    },
    key,
    alice.key,
  );
  const message = await openMessage(envelope, {
    conversation,
    findState: () => created.state,
    findConversationKey: () => key,
    findSigningKey: directory(alice, bob),
  });
  const evidence: Evidence = {
    seq: 3,
    message,
    certificate: alice.certificate,
    identityKey: alice.identity.publicKey,
  };
  const place = { report: newId<ReportId>(), conversation, reporter: bob.account };
  return { alice, bob, carol, evidence, place, conversationKey: key };
}

const bodyOf = (bob: Person, place: Awaited<ReturnType<typeof newScene>>["place"], evidence: Evidence) =>
  ({
    ...place,
    certificateHash: bob.certificateHash,
    reason: "harassment",
    note: "Not the first time. 🦭",
    time: 1_700_000_001_000,
    evidence: [evidence],
  }) satisfies ReportBody;

export const reportSuite: Suite = {
  name: "reports",
  cases: {
    "show a message to somebody without any key of its conversation": async () => {
      const { alice, bob, carol, evidence, place, conversationKey } = await newScene();
      const body = bodyOf(bob, place, evidence);
      const signed = await signReport(bob.key, body);
      const key = newSecretKey<ReportKey>();
      const sealed = await sealReport(signed, key, place);
      const box = {
        purpose: "report-key",
        account: carol.account,
        object: idToBytes(place.report),
        epoch: 1,
      } as const;
      const boxed = await sealBox(carol.transport.publicKey, box, key);
      const opened = (await openBox(carol.transport, box, boxed)) as ReportKey;
      const report = await openReport(sealed, opened, place);
      requireEqual(report.note, body.note);
      requireEqual(report.reason, "harassment");
      requireEqual(report.time, body.time);
      requireEqual(await isSignedBy(report, bob.key.publicKey), true);
      requireEqual(await isSignedBy(report, alice.key.publicKey), false);
      const [shown] = report.evidence;
      if (!shown) throw new Error("nothing shown");
      await verifyEvidence(shown);
      requireBytes(shown.message.content, WORDS);
      requireEqual(shown.message.header.sender, alice.account);
      requireEqual(shown.message.header.message, evidence.message.header.message);
      requireEqual(shown.seq, 3);
      // Nor does it hold what would open anything else.
      requireEqual(signed.join().includes(conversationKey.join()), false);
    },
    "prove nothing once a bit of what was said is another": async () => {
      const { evidence } = await newScene();
      const bytes = encodeEvidence(evidence);
      // The place is no part of what the sender signed: it stands before everything else.
      const place = bytes.subarray(0, 12);
      await requireEveryChangeRefused(
        bytes.slice(12),
        async (changed) => {
          const all = new Uint8Array(12 + changed.length);
          all.set(place);
          all.set(changed, 12);
          await verifyEvidence(parseWith(parseEvidence, all));
          return "accepted";
        },
        5,
      );
    },
    "prove nothing about somebody else, or under another identity": async () => {
      const { bob, evidence } = await newScene();
      const { message } = evidence;
      const asBob = { ...message, header: { ...message.header, sender: bob.account } };
      await requireRefused(verifyEvidence({ ...evidence, message: asBob }), "wrong-certificate");
      const framed = { ...evidence, message: asBob, certificate: bob.certificate };
      await requireRefused(
        verifyEvidence({ ...framed, identityKey: bob.identity.publicKey }),
        "bad-signature",
      );
      await requireRefused(
        verifyEvidence({ ...evidence, identityKey: bob.identity.publicKey }),
        "bad-signature",
      );
      const elsewhere = { ...message, header: { ...message.header, conversation: newId<ConversationId>() } };
      await requireRefused(verifyEvidence({ ...evidence, message: elsewhere }), "bad-signature");
    },
    "open in their own place alone, and refuse every changed bit": async () => {
      const { bob, evidence, place } = await newScene();
      const key = newSecretKey<ReportKey>();
      const signed = await signReport(bob.key, bodyOf(bob, place, evidence));
      const sealed = await sealReport(signed, key, place);
      for (const other of [
        { ...place, report: newId<ReportId>() },
        { ...place, conversation: newId<ConversationId>() },
        { ...place, reporter: newId<AccountId>() },
      ]) {
        await requireRefused(openReport(sealed, key, other), "open-failed");
        // The same bytes, sealed for another place by somebody who was shown them.
        await requireRefused(openReport(await sealReport(signed, key, other), key, other), "wrong-chain");
      }
      await requireRefused(openReport(sealed, newSecretKey<ReportKey>(), place), "open-failed");
      await requireEveryChangeRefused(sealed, (changed) => openReport(changed, key, place), 41);
    },
    "hide how long the words are": async () => {
      const { bob, evidence, place } = await newScene();
      const key = newSecretKey<ReportKey>();
      const body = bodyOf(bob, place, evidence);
      const sizes = await Promise.all(
        ["", "a few more words"].map(async (note) => {
          const signed = await signReport(bob.key, { ...body, note });
          return (await sealReport(signed, key, place)).length;
        }),
      );
      requireEqual(sizes[0] as number, sizes[1] as number);
    },
  },
};
