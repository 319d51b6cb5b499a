import { beforeEach, describe, expect, it } from "vitest";
import { type Bytes, utf8 } from "../../base/bytes.ts";
import { type AccountId, type ConversationId, newId } from "../../base/ids.ts";
import { type LocalKey, sealDraft } from "../../crypto/local-key.ts";
import { createLocalDrafts } from "./local-drafts.ts";

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
      drafts: async () => [...sealed.keys()],
    },
  };
}

const words = (text: string, at = 1) => ({ text, at });

describe("drafts", () => {
  let browser: ReturnType<typeof newBrowser>;
  const openTab = () => createLocalDrafts(browser.storage, account);
  beforeEach(() => {
    browser = newBrowser();
  });

  it("are there for the next tab, each in its conversation", async () => {
    await openTab().keep(one, words("half a sentence 🙂"));
    expect(await openTab().read(one)).toEqual(words("half a sentence 🙂"));
    expect(await openTab().read(other)).toBeNull();
  });

  it("keep the last text, however fast it was typed", async () => {
    const tab = openTab();
    await Promise.all(["a", "ab", "abc"].map((text) => tab.keep(one, words(text))));
    expect(await openTab().read(one)).toEqual(words("abc"));
  });

  it("are gone once they are dropped, unless they were written again since", async () => {
    const tab = openTab();
    await Promise.all([
      tab.keep(one, words("sent")),
      tab.drop(one, words("sent")),
      tab.keep(other, words("later", 2)),
      tab.drop(other, words("earlier", 1)),
    ]);
    expect(await tab.read(one)).toBeNull();
    expect(await tab.list()).toEqual([other]);
  });

  it("of an earlier release, which are the text alone, are read too", async () => {
    await openTab().keep(one, words("makes the key"));
    for (const text of ["plain words", "[1]", '"quoted"']) {
      browser.sealed.set(one, await sealDraft(browser.keys[0] as LocalKey, account, one, utf8(text)));
      expect(await openTab().read(one)).toEqual(words(text, 0));
    }
  });

  it("of two tabs that begin at once are under one key", async () => {
    await Promise.all([
      openTab().keep(one, words("from one")),
      openTab().keep(other, words("from the other")),
    ]);
    expect(browser.keys).toHaveLength(1);
    expect([await openTab().read(one), await openTab().read(other)]).toEqual([
      words("from one"),
      words("from the other"),
    ]);
  });

  it("lie sealed, otherwise each time, under a key that cannot be read", async () => {
    const tab = openTab();
    const seen = new Set<string>();
    for (let i = 0; i < 3; i++) {
      await tab.keep(one, words("very secret"));
      seen.add(String(browser.sealed.get(one)));
      expect(Buffer.from(browser.sealed.get(one) ?? []).includes("secret")).toBe(false);
    }
    expect(seen.size).toBe(3);
    expect(browser.keys[0]?.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("raw", browser.keys[0] as CryptoKey)).rejects.toThrow();
  });

  it("that were moved to another conversation, changed or cut are no drafts", async () => {
    await openTab().keep(one, words("for one"));
    const sealed = browser.sealed.get(one) as Bytes;
    browser.sealed.set(other, sealed);
    expect(await openTab().read(other)).toBeNull();
    for (const at of [0, 31, 32, sealed.length - 1]) {
      browser.sealed.set(one, sealed.with(at, (sealed[at] as number) ^ 1) as Bytes);
      expect(await openTab().read(one)).toBeNull();
    }
    for (const length of [0, 31, 47, sealed.length - 1]) {
      browser.sealed.set(one, sealed.slice(0, length));
      expect(await openTab().read(one)).toBeNull();
    }
    browser.sealed.set(one, sealed);
    expect(await createLocalDrafts(browser.storage, newId<AccountId>()).read(one)).toBeNull();
    expect(await openTab().read(one)).toEqual(words("for one"));
  });

  it("go on after storage has refused once", async () => {
    const tab = openTab();
    const { putDraft } = browser.storage;
    browser.storage.putDraft = () => Promise.reject(new Error("quota"));
    await expect(tab.keep(one, words("lost"))).rejects.toThrow("quota");
    browser.storage.putDraft = putDraft;
    await tab.keep(one, words("kept"));
    expect(await tab.read(one)).toEqual(words("kept"));
  });
});
