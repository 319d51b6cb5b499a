import { describe, expect, it } from "vitest";
import { utf8 } from "../base/bytes.ts";
import { type AccountId, type ConversationId, newId } from "../base/ids.ts";
import { newSecretKey, type SearchSecret } from "./keys.ts";
import { newLocalKey } from "./local-key.ts";
import { deriveSearchKey, openSearchPart, sealSearchPart } from "./search-key.ts";

const account = newId<AccountId>();
const part = { account, conversation: newId<ConversationId>(), number: 3 };
const bytes = utf8("what was said");

describe("the key of the search index", () => {
  it("is the same again, and opens what it sealed", async () => {
    const [local, secret] = [await newLocalKey(), newSecretKey<SearchSecret>()];
    const sealed = await sealSearchPart(await deriveSearchKey(local, secret, account), part, bytes);
    expect(await openSearchPart(await deriveSearchKey(local, secret, account), part, sealed)).toEqual(bytes);
  });

  it("opens nothing with another local key, secret or account, nor as another part", async () => {
    const [local, secret] = [await newLocalKey(), newSecretKey<SearchSecret>()];
    const key = await deriveSearchKey(local, secret, account);
    const sealed = await sealSearchPart(key, part, bytes);
    const others = [
      await deriveSearchKey(await newLocalKey(), secret, account),
      await deriveSearchKey(local, newSecretKey<SearchSecret>(), account),
      await deriveSearchKey(local, secret, newId<AccountId>()),
    ];
    for (const other of others) expect(await openSearchPart(other, part, sealed)).toBeNull();
    for (const place of [
      { number: 4 },
      { conversation: newId<ConversationId>() },
      { account: newId<AccountId>() },
    ])
      expect(await openSearchPart(key, { ...part, ...place }, sealed)).toBeNull();
    expect(await openSearchPart(key, part, sealed.slice(0, 40))).toBeNull();
  });

  it("cannot be read out", async () => {
    const key = await deriveSearchKey(await newLocalKey(), newSecretKey<SearchSecret>(), account);
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
  });
});
