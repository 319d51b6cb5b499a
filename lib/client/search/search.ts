import type { RunningParts } from "../account/parts.ts";
import type { Search } from "../model-search.ts";
import { namePeople } from "../name-people.ts";
import { createBuilder, progressOf } from "./builder.ts";
import type { RunningIndex } from "./search-index.ts";
import { requireSearchKey } from "./search-secret.ts";

export interface RunningSearch
  extends Search,
    Pick<ReturnType<typeof createBuilder>, "arrived" | "expired" | "refresh" | "retry" | "stop"> {}

/** Opens the index, and has one tab of this browser build it. @throws AppError "unavailable"; as the API does, before the first secret */
export async function startSearch(parts: RunningParts, onBroken: () => void): Promise<RunningSearch> {
  const { platform, store, vault } = parts;
  const key = await requireSearchKey(platform.storage, vault);
  const index: RunningIndex = await platform.openSearchIndex(vault.account, key, () => {
    // Whoever builds the next one comes after it.
    builder.stop();
    onBroken();
  });
  const builder = createBuilder(parts, index);
  platform
    .exclusive(`search:${vault.account}`, () => builder.run())
    .catch(() => {
      // It cannot be kept here: what was found before is still found.
    });
  return {
    async find(query) {
      const { conversations, settings } = store.get();
      const all = await index.find(query, settings.blocked);
      // What this browser had read of a room before it was refused stays in the index, for the time after that.
      const refused = new Set(conversations?.flatMap(({ id, room }) => (room?.refused ? [id] : [])));
      const found = { ...all, hits: all.hits.filter(({ conversation }) => !refused.has(conversation)) };
      void namePeople(
        parts,
        found.hits.map(({ sender }) => sender),
      );
      return found;
    },
    async progress() {
      // In a tab that does not build it, nobody has asked yet.
      if (builder.heads().size === 0) await builder.look();
      return progressOf(builder.heads(), await index.coverage());
    },
    arrived: builder.arrived,
    expired: builder.expired,
    refresh: builder.refresh,
    retry: builder.retry,
    stop() {
      builder.stop();
      index.stop();
    },
  };
}
