"use client";

import { useSyncExternalStore } from "react";
import type { ConversationId } from "../../base/ids.ts";
import type { SearchQuery } from "../model-search.ts";
import {
  closeConversationPart,
  closeConversationRoute,
  openConversationRoute,
  useConversationPart,
} from "./use-conversation-route.ts";

/** Searching stands beside a conversation (`#c=<id>&find`) or alone (`#find`); what is looked for never leaves the page's memory. */

const ALONE = "#find";
const NOTHING: SearchQuery = {
  text: "",
  conversation: null,
  sender: null,
  from: null,
  before: null,
  hasLink: false,
  hasFile: false,
};

const listeners = new Set<() => void>();
let query = NOTHING;
/** How often somebody has asked for it. */
let turn = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("hashchange", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("hashchange", listener);
  };
}

/** @param open the conversation that stays beside it. @param within null for all of them */
export function openSearch(open: ConversationId | null, within: ConversationId | null): void {
  turn += 1;
  // Who asks for it where it is already open goes on with the same words.
  changeSearchQuery({ ...(isOpen() ? query : NOTHING), conversation: within });
  if (isOpen()) return;
  if (open) openConversationRoute(open, "find");
  else location.hash = ALONE;
}

function isOpen(): boolean {
  return /^#(c=[^&]*&)?(.*&)?find(&|$)/.test(location.hash);
}

/** Another number each time somebody asks for it. */
export function useSearchTurn(): number {
  return useSyncExternalStore(
    subscribe,
    () => turn,
    () => 0,
  );
}

/** @param open the conversation that stays */
export function closeSearch(open: ConversationId | null): void {
  if (open) closeConversationPart(open);
  else closeConversationRoute();
}

/** Whether somebody is searching. */
export function useSearchRoute(): boolean {
  const beside = useConversationPart("find") !== null;
  const alone = useSyncExternalStore(
    subscribe,
    () => location.hash === ALONE,
    () => false,
  );
  return beside || alone;
}

export function changeSearchQuery(change: Partial<SearchQuery>): void {
  query = { ...query, ...change };
  for (const listener of listeners) listener();
}

/** What is looked for: as it was left, when one comes back from a result. */
export function useSearchQuery(): SearchQuery {
  return useSyncExternalStore(
    subscribe,
    () => query,
    () => NOTHING,
  );
}

/** Whether it says more than where to look. */
export function asksSomething({ text, sender, from, before, hasLink, hasFile }: SearchQuery): boolean {
  return text.trim() !== "" || sender !== null || from !== null || before !== null || hasLink || hasFile;
}
