import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ConversationId, newId } from "../../base/ids.ts";
import type { Messenger, MessengerState } from "../model.ts";
import { type Draft, type Drafts, NO_NOTES } from "../model-notes.ts";
import { keepDraft } from "./draft-keeper.ts";

const conversation = newId<ConversationId>();

describe("a draft", () => {
  let focus: () => void;
  const shown = vi.fn((_: string) => {});
  const reads: ((text: string) => void)[] = [];
  const keep = vi.fn(async () => {});
  let hear: (() => void) | undefined;
  let state: Pick<MessengerState, "notes"> = { notes: new Map() };
  const drafts: Drafts = { keep, read: () => new Promise((resolve) => reads.push(resolve)) };
  const messenger = {
    drafts: async () => drafts,
    getState: () => state,
    subscribe(listener: () => void) {
      hear = listener;
      return () => {
        hear = undefined;
      };
    },
  } as unknown as Messenger;

  function keepElsewhere(draft: Draft): void {
    state = { notes: new Map([[conversation, { ...NO_NOTES, draft }]]) };
    hear?.();
  }

  async function answer(text: string): Promise<void> {
    await vi.waitFor(() => expect(reads).not.toHaveLength(0));
    reads.shift()?.(text);
    await new Promise((resolve) => setTimeout(resolve));
  }

  beforeEach(() => {
    vi.stubGlobal("addEventListener", (event: string, listener: () => void) => {
      if (event === "focus") focus = listener;
    });
    vi.stubGlobal("document", { addEventListener: () => {} });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    shown.mockClear();
    keep.mockClear();
    reads.length = 0;
  });

  it("that another tab wrote is taken over when this one comes to the front", async () => {
    keepDraft(messenger, conversation, shown, false);
    await answer("");
    focus();
    await answer("typed elsewhere");
    expect(shown).toHaveBeenLastCalledWith("typed elsewhere");
  });

  it("that was sent does not come back with what was read a moment before", async () => {
    const keeper = keepDraft(messenger, conversation, shown, false);
    await answer("to be sent");
    focus();
    keeper.type("");
    await answer("to be sent");
    expect(shown).toHaveBeenCalledTimes(1);
  });

  it("that another browser wrote is shown when it is heard of, and not given back to it as one's own", async () => {
    const keeper = keepDraft(messenger, conversation, shown, false);
    await answer("");
    keeper.type("here");
    await vi.waitFor(() => expect(keep).toHaveBeenCalledWith(conversation, "here", false), 10_000);
    keepElsewhere({ text: "there", at: 2 });
    await answer("there");
    expect(shown).toHaveBeenLastCalledWith("there");
    keeper.close();
    expect(keep).toHaveBeenCalledTimes(1);
    expect(hear).toBeUndefined();
  });

  it("that was typed here last is shared when one leaves", async () => {
    const keeper = keepDraft(messenger, conversation, shown, false);
    await answer("");
    keeper.type("here");
    keepElsewhere({ text: "there", at: 2 });
    await answer("there");
    expect(shown).not.toHaveBeenCalledWith("there");
    keeper.close();
    await vi.waitFor(() => expect(keep).toHaveBeenLastCalledWith(conversation, "here", true));
  });

  it("that lay here stays before what was typed when nobody knew of it yet", async () => {
    const keeper = keepDraft(messenger, conversation, shown, true);
    keeper.type("t");
    focus();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(keep).not.toHaveBeenCalled();
    keeper.type("typed");
    await answer("found");
    await answer("found");
    expect(shown.mock.calls).toEqual([["found\ntyped"]]);
    await vi.waitFor(() => expect(keep).toHaveBeenLastCalledWith(conversation, "found\ntyped", false));
  });

  it("that lay here is there again once what was typed before it came is sent, or left", async () => {
    const sent = keepDraft(messenger, conversation, shown, true);
    sent.type("sent");
    sent.type("");
    await answer("found");
    expect(shown).toHaveBeenLastCalledWith("found");
    const left = keepDraft(messenger, conversation, shown, true);
    left.type("typed");
    left.close();
    await answer("found");
    expect(keep).toHaveBeenLastCalledWith(conversation, "found\ntyped", true);
  });

  it("that was on the page already takes the place of what lay here", async () => {
    const keeper = keepDraft(messenger, conversation, shown, false);
    keeper.type("foun");
    await answer("found");
    expect(shown).not.toHaveBeenCalled();
    expect(keep).toHaveBeenLastCalledWith(conversation, "foun", false);
  });
});
