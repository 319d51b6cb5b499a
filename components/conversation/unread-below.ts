import type { Message } from "@/lib/client/model";

/**
 * How many of the unread messages are below what is in sight.
 * @param messages those that are loaded @param of `unread`: all, loaded or not; they come after `unreadAfter`; `seen` is the last
 * one in sight
 */
export function unreadBelow(
  messages: readonly Message[],
  of: { readonly unread: number; readonly unreadAfter: number; readonly seen: number },
): number {
  const passed = messages.filter(
    ({ mine, body, seq }) =>
      !mine && body.kind !== "deleted" && seq !== null && seq > of.unreadAfter && seq <= of.seen,
  );
  return Math.max(0, of.unread - passed.length);
}
