import type { ConversationId } from "../../base/ids.ts";
import { oneByOne } from "../../base/one-by-one.ts";
import { notesEntryId, settingsEntryId } from "../../crypto/vault.ts";
import type { VaultEntryId } from "../../protocol/layout/vault-entry.ts";
import type { RunningParts } from "../account/parts.ts";
import type { ConversationNotes, Notes } from "../model-notes.ts";
import { createDrafts } from "./drafts.ts";
import { decodeNotes, decodeSettings, encodeNotes } from "./note-entries.ts";
import { startScheduling } from "./scheduling.ts";

export interface RunningNotes extends Notes {
  stop(): void;
}

/** What one keeps for oneself: kept in the messenger's state as the vault has it, and changed there. */
export async function startNotes(
  parts: Pick<RunningParts, "api" | "book" | "clock" | "identities" | "platform" | "say" | "store" | "vault">,
): Promise<RunningNotes> {
  const { api, platform, store, vault } = parts;
  const settingsEntry = await settingsEntryId();
  const entryIds = new Map<ConversationId, VaultEntryId>();
  /** What each entry was when it was last shown. */
  const shown = new Map<VaultEntryId, Uint8Array | null>();
  let listed = store.get().conversations;
  let reported = false;
  const inOrder = oneByOne();

  /** Said once, by the count that says nothing of whose entry it was: a browser cannot do more about it. */
  function onMalformed(): void {
    if (reported) return;
    reported = true;
    api.send("POST", "/api/telemetry/open-failures", { malformed: 1 }).catch(() => {});
  }

  async function entryOf(conversation: ConversationId): Promise<VaultEntryId> {
    const entry = entryIds.get(conversation) ?? (await notesEntryId(conversation));
    entryIds.set(conversation, entry);
    return entry;
  }

  /** Whether it is another than before. */
  function isNew(entry: VaultEntryId): boolean {
    const plaintext = vault.read(entry);
    if ((shown.get(entry) ?? null) === plaintext) return false;
    shown.set(entry, plaintext);
    return true;
  }

  async function showAll(): Promise<void> {
    const changed: [ConversationId, ConversationNotes][] = [];
    for (const { id } of store.get().conversations ?? []) {
      const entry = await entryOf(id);
      if (isNew(entry)) changed.push([id, decodeNotes(vault.read(entry), onMalformed)]);
    }
    if (changed.length > 0) store.set({ notes: new Map([...store.get().notes, ...changed]) });
    if (isNew(settingsEntry)) store.set({ settings: decodeSettings(vault.read(settingsEntry), onMalformed) });
  }

  /** In order: what is shown last is the newest. */
  const show = () => inOrder(showAll);

  const forgets = [
    vault.onChange(() => void show()),
    store.subscribe(() => {
      const { conversations } = store.get();
      if (conversations?.length === listed?.length) return;
      listed = conversations;
      void show();
    }),
  ];
  await show();

  const update: Notes["update"] = async (conversation, change) => {
    const entry = await entryOf(conversation);
    await vault.update(entry, (before) => {
      const notes = decodeNotes(before);
      const next = change(notes);
      return next === notes ? null : encodeNotes(next);
    });
    await show();
  };

  const drafts = createDrafts({
    platform,
    store,
    account: vault.account,
    read: async (conversation) => decodeNotes(vault.read(await entryOf(conversation))).draft,
    update,
  });

  const scheduling = startScheduling({ ...parts, update });

  return {
    drafts,
    scheduling,
    update,
    starred: async () => (await import("./starred.ts")).listStarred(parts),

    async updateSettings(change) {
      await vault.update(settingsEntry, (before) => {
        const settings = decodeSettings(before);
        const next = change(settings);
        return next === settings ? null : encodeNotes(next);
      });
      await show();
    },

    stop() {
      drafts.stop();
      scheduling.stop();
      for (const forget of forgets) forget();
    },
  };
}
