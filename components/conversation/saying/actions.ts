import type { Conversation, Message } from "@/lib/client/model";

/** What can be done with a message. */
export type ActionName =
  | "reply"
  | "inThread"
  | "react"
  | "edit"
  | "copy"
  | "forward"
  | "pin"
  | "unpin"
  | "star"
  | "unstar"
  | "details"
  | "report"
  | "block"
  | "delete";

/** Whether this person may take away what others wrote. */
export function moderates({ room }: Conversation): boolean {
  return room?.role === "owner" || room?.role === "moderator";
}

/** Whether the room points it out to everybody. */
export function isPinned({ id }: Message, { room }: Conversation): boolean {
  return room?.pins.some((pin) => pin.id === id) ?? false;
}

/** Whether its words can be changed: one's own ones, and really one's own. */
export function isEditable({ mine, seq, body }: Message): boolean {
  return mine && seq !== null && body.kind === "text" && !body.forwarded;
}

/** @param inThread whether it is shown in its thread */
export function actionsFor(
  message: Message,
  conversation: Conversation,
  inThread: boolean,
  starred = false,
): ActionName[] {
  const { canSend } = conversation;
  const { body, mine, thread } = message;
  if (message.seq === null || body.kind === "deleted") return [];
  const readable = body.kind !== "unreadable";
  const pinned = isPinned(message, conversation);
  const pins = moderates(conversation) && !conversation.room?.archived;
  const all: readonly (readonly [ActionName, boolean])[] = [
    ["reply", canSend && readable],
    ["inThread", canSend && readable && !inThread && thread === null],
    ["react", canSend && readable],
    ["edit", canSend && isEditable(message)],
    ["copy", body.kind === "text" && body.text !== ""],
    ["forward", body.kind === "text"],
    ["pin", readable && !pinned && pins],
    ["unpin", pinned && pins],
    ["star", readable && !starred],
    ["unstar", starred],
    ["details", true],
    ["report", readable && !mine],
    ["block", !mine],
    ["delete", canSend && (mine || moderates(conversation))],
  ];
  return all.flatMap(([name, offered]) => (offered ? [name] : []));
}
