import { describe, expect, test } from "vitest";
import type { ConversationId, MessageId, ReportId, WarningId } from "../../lib/base/ids.ts";
import { type Device, freshTotpCode, startTalking } from "../../server/testing/device.ts";
import { here, idOf, newRoom, roomsOf, sees } from "./rooms.ts";

/** What one does about others, in devices. Said in a test of rooms, whose cast it needs: Alice runs the server. */

interface Cast {
  readonly alice: Device;
  readonly bob: Device;
  readonly carol: Device;
}

const DAY_MS = 86_400_000;

export function describeReports(cast: () => Cast & { readonly dave: Device }): void {
  describe("a report", () => {
    const reportsOf = (device: Device) => device.messenger.reports();
    const seqOf = (device: Device, room: ConversationId, text: string) => {
      const { messages = [] } = device.messenger.getState().timelines.get(room) ?? {};
      const found = messages.find(({ body }) => body.kind === "text" && body.text === text);
      if (typeof found?.seq !== "number") throw new Error(`no "${text}"`);
      return found.seq;
    };

    test("shows moderators a message that proves itself, and tells its reporter what became of it", async () => {
      const { alice, bob, carol, dave } = cast();
      const room = await newRoom(alice, [bob, carol]);
      await (await roomsOf(alice)).setRole(room, idOf(carol), "moderator");
      await bob.until(() => here(bob, room)?.room?.memberCount === 3, "the room");
      await carol.say(room, "how are you?");
      await sees(bob, room, "how are you?");
      await carol.until(() => here(carol, room)?.room?.role === "moderator", "a moderator");
      await alice.say(room, "kind words");
      await sees(bob, room, "kind words");
      const target = { id: here(alice, room)?.newest?.id as MessageId, seq: seqOf(bob, room, "kind words") };
      await alice.messenger.send(room, { type: "edit", target, text: "unkind words" });
      await sees(bob, room, "unkind words");

      const bobs = await reportsOf(bob);
      // Neither oneself nor whom it is about: Alice owns the room and runs the server.
      expect(await bobs.audiences(room, idOf(alice))).toMatchObject({
        moderators: [{ name: "carol" }],
        administrators: [],
      });
      const news = carol.messenger.getState().news;
      await bobs.send({
        conversation: room,
        seq: target.seq,
        audience: "moderators",
        reason: "harassment",
        note: "She said it twice.",
        around: true,
      });
      await carol.until((state) => state.news > news, "a word of it");
      const carols = await reportsOf(carol);
      expect((await carols.waiting()).open).toEqual(new Map([[room, 1]]));
      const [report] = (await carols.received(room)).reports;
      expect(report).toMatchObject({
        reporter: { name: "bob" },
        decision: null,
        opened: { reason: "harassment", note: "She said it twice.", signed: true },
      });
      expect(report?.opened?.message).toMatchObject({
        ...target,
        sender: { name: "alice" },
        proof: "proven",
      });
      expect(report?.opened?.message.words.map(({ text }) => text)).toEqual(["kind words", "unkind words"]);
      expect(report?.opened?.around).toMatchObject([
        { sender: { name: "carol" }, proof: "proven", words: [{ text: "how are you?" }] },
      ]);
      // Whom it is about hears of nothing, and reads nothing.
      expect((await (await reportsOf(alice)).received(room)).reports).toEqual([]);
      await expect((await reportsOf(dave)).received(room)).rejects.toMatchObject({ code: "not-found" });

      await carols.decide(report?.id as ReportId, "acted");
      await bob.until((state) => state.news > 0, "the outcome");
      expect(await bobs.waiting()).toMatchObject({ outcomes: 1 });
      expect(await bobs.own()).toMatchObject([{ conversation: room, decision: "acted", seen: false }]);
      await bobs.markSeen();
      expect(await bobs.waiting()).toMatchObject({ outcomes: 0 });
      const events = await (await roomsOf(alice)).journal(room);
      expect(events[0]).toMatchObject({ author: idOf(carol), event: { kind: "decided-report" } });
    });

    test("from a conversation of two goes to who runs the server, who is not in it", async () => {
      const { alice, bob, carol } = cast();
      const conversation = await startTalking(bob, carol);
      await carol.say(conversation, "send me money");
      await sees(bob, conversation, "send me money");
      const bobs = await reportsOf(bob);
      expect(await bobs.audiences(conversation, idOf(carol))).toMatchObject({
        moderators: [],
        administrators: [{ name: "alice" }],
      });
      const seq = seqOf(bob, conversation, "send me money");
      const report = { conversation, seq, reason: "spam", note: "", around: false } as const;
      await expect(bobs.send({ ...report, audience: "moderators" })).rejects.toMatchObject({
        code: "not-found",
      });
      await bobs.send({ ...report, audience: "administrators" });
      const alices = await reportsOf(alice);
      expect(await alices.waiting()).toMatchObject({ steward: true, open: new Map([[null, 1]]) });
      const { reports } = await alices.received(null);
      expect(reports[0]?.opened).toMatchObject({
        signed: true,
        around: [],
        message: { sender: { name: "carol" }, proof: "proven", words: [{ text: "send me money" }] },
      });
      expect(alice.messenger.getState().conversations?.some(({ id }) => id === conversation)).toBe(false);
      expect(await (await reportsOf(carol)).waiting()).toEqual({
        steward: false,
        open: new Map(),
        outcomes: 0,
        warnings: [],
      });

      const { id, opened } = reports[0] ?? {};
      const acting = {
        about: idOf(carol),
        measure: "muted",
        text: "A day off.",
        until: Date.now() + DAY_MS,
        messages: opened?.message.parts ?? [],
      } as const;
      const act = () => alices.act(id as ReportId, acting);
      await expect(act()).rejects.toMatchObject({ code: "step-up-required" });
      const { sessions } = await alice.messenger.account();
      const { password, totpSecret } = alice.person;
      await sessions.stepUp({ password, code: await freshTotpCode(totpSecret) });
      const { news } = carol.messenger.getState();
      await act();
      await carol.until((state) => state.news > news, "a word about it");
      const carols = await reportsOf(carol);
      const [warning] = (await carols.waiting()).warnings;
      expect(warning?.text).toBe("A day off.");
      await carols.readWarning(warning?.id as WarningId);
      expect((await carols.waiting()).warnings).toEqual([]);
      expect((await alices.received(null)).reports[0]?.decision).toMatchObject({
        outcome: "acted",
        measure: "muted",
        erased: true,
      });
      await carol.until(() => here(carol, conversation)?.canSend === false, "muted everywhere");
      expect(here(carol, conversation)?.mutedUntil).toBe(acting.until);
      const lifted = await alice.platform.fetch(`/api/admin/people/${idOf(carol)}/restraint`, {
        method: "DELETE",
        headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
        body: "{}",
      });
      expect(lifted.status).toBe(204);
      await carol.until(() => here(carol, conversation)?.canSend === true, "may write again");
      await carol.say(conversation, "now");
      await sees(bob, conversation, "now");
    });
  });
}

export function describeBlocking(cast: () => Cast & { reloadBob(): Promise<void> }): void {
  describe("whom one has blocked", () => {
    const block = async (device: Device, blocked: readonly Device[]) =>
      (await device.messenger.notes()).updateSettings((before) => ({
        ...before,
        blocked: blocked.map(idOf),
      }));
    const delivered = (to: Device, where: ConversationId) =>
      cast().carol.messenger.positions(where).get(idOf(to))?.delivered ?? 0;

    test("is not heard of, and hears nothing, until that is taken back", async () => {
      const { alice, carol, reloadBob } = cast();
      let { bob } = cast();
      const room = await newRoom(alice, [bob, carol]);
      const direct = await startTalking(bob, carol);
      await block(bob, [carol]);
      await bob.until(() => here(bob, direct)?.blocked === true, "blocked");
      await carol.say(direct, "hello?");
      await sees(bob, direct, "hello?");
      expect(here(bob, direct)).toMatchObject({ unread: 0, canSend: false });
      await expect(bob.say(direct, "no")).rejects.toMatchObject({ code: "conflict" });
      await alice.say(room, "good morning");
      await sees(bob, room, "good morning");
      await carol.messenger.send(room, { type: "text", text: "look, Bob", mentions: [idOf(bob)] });
      await sees(bob, room, "look, Bob");
      expect(here(bob, room)).toMatchObject({ unread: 1, mentions: 0, newest: { sender: idOf(alice) } });
      // Sent after what would have told her of the other one.
      await carol.until(() => delivered(bob, room) >= (here(carol, room)?.newest?.seq ?? 9), "received");
      expect(delivered(bob, direct)).toBeLessThan(here(carol, direct)?.newest?.seq ?? 0);

      await reloadBob();
      ({ bob } = cast());
      expect(here(bob, direct)).toMatchObject({ blocked: true, unread: 0 });
      await block(bob, []);
      await bob.until(() => here(bob, direct)?.blocked === false, "not blocked any more");
      await carol.until(
        () => delivered(bob, direct) === here(carol, direct)?.newest?.seq,
        "received after all",
      );
      await bob.messenger.openConversation(direct);
      await bob.say(direct, "hello");
      await sees(carol, direct, "hello");
    });
  });
}
