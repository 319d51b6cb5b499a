import { beforeEach, describe, expect, it } from "vitest";
import type { Bytes } from "../base/bytes.ts";
import { type AccountId, type ConversationId, newId } from "../base/ids.ts";
import type { LocalKey } from "../crypto/local-key.ts";
import { createDrafts } from "./drafts.ts";

const account = newId<AccountId>();
const [one, other] = [newId<ConversationId>(), newId<ConversationId>()];

/** What every tab of one browser shares. */
function newBrowser() {
  const sealed = new Map<ConversationId, Bytes>();
  const keys: LocalKey[] = [];
  return {
    sealed,
    keys,
    storage: {
      findLocalKey: async () => keys[0] ?? null,
      async addLocalKey(_: AccountId, key: LocalKey) {
        if (keys.length === 0) keys.push(key);
        return keys[0] as LocalKey;
      },
      findDraft: async (_: AccountId, conversation: ConversationId) => sealed.get(conversation) ?? null,
      async putDraft(_: AccountId, conversation: ConversationId, bytes: Bytes | null) {
        if (bytes) sealed.set(conversation, bytes);
        else sealed.delete(conversation);
      },
    },
  };
}

describe("drafts", () => {
  let browser: ReturnType<typeof newBrowser>;
  const openTab = () => createDrafts(browser.storage, account);
  beforeEach(() => {
    browser = newBrowser();
  });

  it("are there for the next tab, each in its conversation", async () => {
    await openTab().keep(one, "half a sentence 🙂");
    expect(await openTab().read(one)).toBe("half a sentence 🙂");
    expect(await openTab().read(other)).toBe("");
  });

  it("keep the last text, however fast it was typed", async () => {
    const tab = openTab();
    await Promise.all(["a", "ab", "abc"].map((text) => tab.keep(one, text)));
    expect(await openTab().read(one)).toBe("abc");
  });

  it("are gone once the text is empty", async () => {
    const tab = openTab();
    await Promise.all([tab.keep(one, "sent"), tab.keep(one, "")]);
    expect(browser.sealed.size).toBe(0);
    expect(await tab.read(one)).toBe("");
  });

  it("of two tabs that begin at once are under one key", async () => {
    await Promise.all([openTab().keep(one, "from one"), openTab().keep(other, "from the other")]);
    expect(browser.keys).toHaveLength(1);
    expect([await openTab().read(one), await openTab().read(other)]).toEqual(["from one", "from the other"]);
  });

  it("lie sealed, otherwise each time, under a key that cannot be read", async () => {
    const tab = openTab();
    const seen = new Set<string>();
    for (let i = 0; i < 3; i++) {
      await tab.keep(one, "very secret");
      seen.add(String(browser.sealed.get(one)));
      expect(Buffer.from(browser.sealed.get(one) ?? []).includes("secret")).toBe(false);
    }
    expect(seen.size).toBe(3);
    expect(browser.keys[0]?.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("raw", browser.keys[0] as CryptoKey)).rejects.toThrow();
  });

  it("that were moved to another conversation, changed or cut are no drafts", async () => {
    await openTab().keep(one, "for one");
    const sealed = browser.sealed.get(one) as Bytes;
    browser.sealed.set(other, sealed);
    expect(await openTab().read(other)).toBe("");
    for (const at of [0, 31, 32, sealed.length - 1]) {
      browser.sealed.set(one, sealed.with(at, (sealed[at] as number) ^ 1) as Bytes);
      expect(await openTab().read(one)).toBe("");
    }
    for (const length of [0, 31, 47, sealed.length - 1]) {
      browser.sealed.set(one, sealed.slice(0, length));
      expect(await openTab().read(one)).toBe("");
    }
    browser.sealed.set(one, sealed);
    expect(await createDrafts(browser.storage, newId<AccountId>()).read(one)).toBe("");
    expect(await openTab().read(one)).toBe("for one");
  });

  it("go on after storage has refused once", async () => {
    const tab = openTab();
    const { putDraft } = browser.storage;
    browser.storage.putDraft = () => Promise.reject(new Error("quota"));
    await expect(tab.keep(one, "lost")).rejects.toThrow("quota");
    browser.storage.putDraft = putDraft;
    await tab.keep(one, "kept");
    expect(await tab.read(one)).toBe("kept");
  });
});
