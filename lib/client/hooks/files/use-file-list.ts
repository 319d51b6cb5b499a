"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { ConversationId } from "../../../base/ids.ts";
import type { AttachedFile } from "../../../protocol/content.ts";
import type { Search, SearchHit } from "../../model-search.ts";
import { useLoaded } from "../use-loaded.ts";
import { useMessenger, useMessengerState } from "../use-messenger.tsx";
import { useSearchProgress } from "../use-search-progress.ts";

/** Messages with files that one more press shows: where they stand far apart, each is a request. */
const MESSAGES = 15;

/** A file as it stands in a conversation. */
export interface ListedFile extends Pick<SearchHit, "seq" | "sender" | "at" | "thread"> {
  readonly file: AttachedFile;
}

/** The files of a conversation as far as this browser has read it, newest first; again whenever it has read more. */
export function useFileList(conversation: ConversationId) {
  const messenger = useMessenger();
  const online = useMessengerState(({ connection }) => connection === "online");
  const index = useLoaded(useCallback(() => messenger.search(), [messenger]));
  const search = index.value;
  const progress = useSearchProgress(search);
  const [pages, setPages] = useState(1);
  /** What a message was sent with does not change; that it is gone, the index says. */
  const known = useRef(new Map<number, readonly AttachedFile[]>());
  const load = useCallback(async () => {
    if (!search) return null;
    const { hits, more } = await newestHits(search, conversation, pages * MESSAGES);
    const files = await messenger.files();
    const unknown = hits.flatMap(({ seq }) => (known.current.has(seq) ? [] : [seq]));
    const found = await files.of(conversation, unknown);
    for (const seq of unknown) known.current.set(seq, found.get(seq) ?? []);
    const list = hits.flatMap(({ seq, sender, at, thread }) =>
      (known.current.get(seq) ?? []).map((file): ListedFile => ({ seq, sender, at, thread, file })),
    );
    return { list, more };
  }, [messenger, search, conversation, pages]);
  const { value, error, reload } = useLoaded(load);
  // biome-ignore lint/correctness/useExhaustiveDependencies: there may be more to find, or the network is back.
  useEffect(reload, [progress, online]);
  return {
    /** Null until they are there. */
    files: value?.list ?? null,
    isReading: progress !== null && progress.done < progress.total,
    progress,
    showMore: value?.more ? () => setPages(pages + 1) : null,
    error: index.error ?? error,
    retry: index.error ? index.reload : reload,
  };
}

/** A little more than is asked for tells that there is more. */
async function newestHits(search: Search, conversation: ConversationId, most: number) {
  const found = new Map<number, SearchHit>();
  let before: number | null = null;
  for (let more = true; more && found.size <= most; ) {
    const { size } = found;
    const page = await search.find({
      ...{ text: "", conversation, sender: null, from: null, before },
      ...{ hasLink: false, hasFile: true },
    });
    for (const hit of page.hits) found.set(hit.seq, hit);
    // Several may be of the same moment.
    before = (page.hits.at(-1)?.at ?? 0) + 1;
    more = page.more && found.size > size;
  }
  const hits = [...found.values()];
  return { hits: hits.slice(0, most), more: hits.length > most };
}
