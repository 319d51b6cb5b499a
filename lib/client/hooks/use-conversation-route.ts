"use client";

import { useSyncExternalStore } from "react";
import type { ConversationId } from "../../base/ids.ts";
import { ID_CHARS } from "../../base/ids.ts";

/**
 * The open conversation stands in the fragment, and with it what is open beside it: `#c=<id>`, `#c=<id>&details`.
 * The server never sees it, and the back gesture works.
 */

const PATTERN = new RegExp(`^#c=([A-Za-z0-9_-]{${ID_CHARS}})((?:&[a-z]+(?:=[a-z0-9]*)?)*)$`);
/** The addresses that led here within this page, so that going up is going back where that is the same. */
const trail: string[] = [];

/**
 * What can stand beside a conversation (its details, the thread of message `t`, searching) or point into it (at
 * message `m`).
 */
export type ConversationPart = "details" | "find" | "m" | "t";

/** @param part as in `details` or `details=members` */
export function conversationHref(conversation: ConversationId, part?: string): string {
  return part ? `#c=${conversation}&${part}` : `#c=${conversation}`;
}

function readConversation(): ConversationId | null {
  return (PATTERN.exec(location.hash)?.[1] ?? null) as ConversationId | null;
}

function readPart(part: ConversationPart): string | null {
  return new URLSearchParams(PATTERN.exec(location.hash)?.[2]).get(part);
}

function follow(): void {
  if (trail.at(-2) === location.hash) trail.pop();
  else if (trail.at(-1) !== location.hash) trail.push(location.hash);
}

/** Hears of every address, and keeps the way by which one came. */
export function followRoute(listener: () => void): () => void {
  const changed = (): void => {
    follow();
    listener();
  };
  follow();
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

/** To the address above: back, where that is the same. */
export function goUp(place: string): void {
  if (trail.at(-2) === place) {
    history.back();
  } else {
    trail.pop();
    location.replace(place || "#");
  }
}

/** Goes back until the address is of another kind: the next step back does not lead into it again. */
export function leavePlaces(kind: RegExp): void {
  const last = trail.findLastIndex((place) => !kind.test(place));
  const steps = trail.length - 1 - last;
  trail.length = last + 1;
  if (last < 0) {
    location.replace("#");
    return;
  }
  // Who went to and fro has more of them behind than the trail says.
  const look = (): void => {
    if (kind.test(location.hash)) leavePlaces(kind);
  };
  addEventListener("hashchange", look, { once: true });
  history.go(-steps);
}

export function openConversationRoute(conversation: ConversationId, part?: string): void {
  location.hash = conversationHref(conversation, part);
}

/** @param seq the message to show there */
export function openMessageRoute(conversation: ConversationId, seq: number): void {
  const href = conversationHref(conversation, `m=${seq}`);
  // Sent there once more: the address does not change, and nobody would hear of it.
  if (location.hash === href) window.dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = href;
}

/** @param seq the message that the thread hangs on */
export function openThreadRoute(conversation: ConversationId, seq: number): void {
  openConversationRoute(conversation, `t=${seq}`);
}

/** The number of the message that the address wants shown in this conversation; it may not exist. */
export function messageInRoute(conversation: ConversationId): number | null {
  const seq = readConversation() === conversation ? readPart("m") : null;
  return seq !== null && /^\d{1,15}$/.test(seq) ? Number(seq) : null;
}

/** Back to the list. */
export function closeConversationRoute(): void {
  goUp("");
}

/** Closes what stands beside the conversation. @param part what stays open in its place */
export function closeConversationPart(conversation: ConversationId, part?: string): void {
  goUp(conversationHref(conversation, part));
}

/** As `useConversationRoute`, now. */
export function conversationInRoute(): ConversationId | null {
  return readConversation();
}

/** The conversation that the address names; it may not exist. */
export function useConversationRoute(): ConversationId | null {
  return useSyncExternalStore(followRoute, readConversation, () => null);
}

/** What the address says of a part beside the conversation: null while it is closed, often empty while open. */
export function useConversationPart(part: ConversationPart): string | null {
  return useSyncExternalStore(
    followRoute,
    () => readPart(part),
    () => null,
  );
}

/** The number of the message whose thread is open; it may not exist. */
export function useThreadRoute(): number | null {
  const seq = useConversationPart("t");
  return seq !== null && /^\d{1,15}$/.test(seq) ? Number(seq) : null;
}
