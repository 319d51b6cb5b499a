import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ConversationId, newId } from "../../base/ids.ts";
import type { Drafts, Messenger } from "../model.ts";
import { keepDraft } from "./draft-keeper.ts";

const conversation = newId<ConversationId>();

describe("a draft", () => {
  let focus: () => void;
  const shown = vi.fn((_: string) => {});
  const reads: ((text: string) => void)[] = [];
  const keep = vi.fn(async () => {});
  const drafts: Drafts = { keep, read: () => new Promise((resolve) => reads.push(resolve)) };
  const messenger = { drafts: async () => drafts } as unknown as Messenger;

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
  });

  it("that another tab wrote is taken over when this one comes to the front", async () => {
    keepDraft(messenger, conversation, shown);
    await answer("");
    focus();
    await answer("typed elsewhere");
    expect(shown).toHaveBeenLastCalledWith("typed elsewhere");
  });

  it("that was sent does not come back with what was read a moment before", async () => {
    const keeper = keepDraft(messenger, conversation, shown);
    await answer("to be sent");
    focus();
    keeper.type("");
    await answer("to be sent");
    expect(shown).toHaveBeenCalledTimes(1);
  });
});
