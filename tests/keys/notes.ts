import { describe, expect, test } from "vitest";
import { utf8 } from "../../lib/base/bytes.ts";
import { type ConversationId, type MessageId, newId } from "../../lib/base/ids.ts";
import { type ConversationNotes, NO_NOTES, type Star } from "../../lib/client/model-notes.ts";
import type { Vault } from "../../lib/client/vault.ts";
import { notesEntryId } from "../../lib/crypto/vault.ts";
import type { Device } from "../../server/testing/device.ts";

interface Cast {
  /** Two browsers of one person. */
  readonly here: Device;
  readonly there: Device;
  readonly conversation: ConversationId;
  /** Past everything that is held in memory. */
  vaultOf(device: Device): Promise<Vault>;
  renew(device: Device): Promise<void>;
}

/** What one keeps for oneself, in two browsers. Said in a renewal's test, whose cast it needs. */
export function describeNotes(cast: () => Cast): void {
  const notesOf = (device: Device): ConversationNotes =>
    device.messenger.getState().notes.get(cast().conversation) ?? NO_NOTES;
  const both = () => [cast().here, cast().there];
  const star = (): Star => ({ id: newId<MessageId>(), seq: 1, at: Date.now() });

  async function change(device: Device, parts: (notes: ConversationNotes) => Partial<ConversationNotes>) {
    const notes = await device.messenger.notes();
    await notes.update(cast().conversation, (before) => ({ ...before, ...parts(before) }));
  }

  async function until(test: (notes: ConversationNotes) => boolean, devices = both()): Promise<void> {
    for (const device of devices) await device.until(() => test(notesOf(device)), String(test));
  }

  const draftOf = async (device: Device) => (await device.messenger.drafts()).read(cast().conversation);
  const type = async (device: Device, text: string) =>
    (await device.messenger.drafts()).keep(cast().conversation, text, true);

  function cut({ wire, platform }: Device): void {
    wire.down = true;
    for (const socket of platform.sockets) socket.terminate();
  }

  describe("what one keeps for oneself", () => {
    test("and changes in two browsers at once is in both, without a reload", async () => {
      const { here, there } = cast();
      const [one, other] = [star(), star()];
      await Promise.all([
        change(here, ({ stars }) => ({ stars: [...stars, one] })),
        change(there, ({ stars }) => ({ stars: [...stars, other] })),
        change(there, () => ({ mutedUntil: 5 })),
        (await here.messenger.notes()).updateSettings((before) => ({ ...before, preview: "name" })),
      ]);
      await until(({ stars, mutedUntil }) => stars.length === 2 && mutedUntil === 5);
      for (const device of both()) {
        expect(new Set(notesOf(device).stars.map(({ id }) => id))).toEqual(new Set([one.id, other.id]));
        await device.until(({ settings }) => settings.preview === "name", "the settings");
      }
    });

    test("a draft goes along, until it is sent", async () => {
      const { here, there } = cast();
      await type(here, "half a sentence");
      await until(({ draft }) => draft?.text === "half a sentence");
      expect(await draftOf(there)).toBe("half a sentence");
      await type(there, "a sentence and a half");
      await until(({ draft }) => draft?.text === "a sentence and a half");
      expect(await draftOf(here)).toBe("a sentence and a half");
      await type(here, "");
      await until(({ draft }) => draft?.text === "");
      expect([await draftOf(here), await draftOf(there)]).toEqual(["", ""]);
    });

    test("a draft that was typed without a network arrives later, unless a newer one is there", async () => {
      const { here, there } = cast();
      cut(there);
      await there.until(({ connection }) => connection !== "online", "the network is gone");
      await type(there, "from the tunnel");
      expect(await draftOf(there)).toBe("from the tunnel");
      expect(await draftOf(here)).toBe("");
      there.wire.down = false;
      await until(({ draft }) => draft?.text === "from the tunnel");

      cut(there);
      await there.until(({ connection }) => connection !== "online", "the network is gone");
      await type(there, "older");
      // Of two that were typed in the same millisecond, the first to reach the server stays.
      await new Promise((resume) => setTimeout(resume, 5));
      await type(here, "newer");
      there.wire.down = false;
      await until(({ draft }) => draft?.text === "newer");
      await there.until(({ connection }) => connection === "online", "the network is back");
      expect([await draftOf(here), await draftOf(there)]).toEqual(["newer", "newer"]);
      await type(here, "");
    });

    test("and that was changed while a browser heard nothing is there afterwards", async () => {
      const { here, there } = cast();
      cut(there);
      await there.until(({ connection }) => connection !== "online", "the network is gone");
      await change(here, () => ({ notify: "none" }));
      there.wire.down = false;
      await until(({ notify }) => notify === "none");
    });

    test("opens after a renewal, in both", async () => {
      const { here, there, renew } = cast();
      await renew(here);
      await change(there, () => ({ notify: "mentions" }));
      await until(({ notify, stars }) => notify === "mentions" && stars.length === 2);
    });

    test("and makes no sense is as if it had not been noted, and is written anew", async () => {
      const { here, conversation, vaultOf } = cast();
      await (await vaultOf(here)).update(await notesEntryId(conversation), () => utf8("no JSON"));
      await until(({ stars }) => stars.length === 0);
      await change(here, () => ({ stars: [star()] }));
      await until(({ stars, notify }) => stars.length === 1 && notify === "all");
    });
  });
}
