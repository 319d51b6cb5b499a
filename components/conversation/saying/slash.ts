import type { Conversation } from "@/lib/client/model";
import { moderates } from "./actions";

/** What can be typed after a slash in place of a message. */
export const SLASH_COMMANDS = ["me", "shrug", "invite", "topic", "rename", "mute", "leave"] as const;
export type SlashCommand = (typeof SLASH_COMMANDS)[number];

/** Those that say nothing without further words. */
const NEEDING_WORDS = ["me", "invite", "topic", "rename"] as const;

export function needsWords(command: SlashCommand): command is (typeof NEEDING_WORDS)[number] {
  return NEEDING_WORDS.some((one) => one === command);
}

/** One word after the slash; a path or a fraction is none. */
const COMMAND = /^\/([\p{L}\p{N}_-]*)(?:\s+([\s\S]*))?$/u;
const TYPING = /^\/[\p{L}\p{N}_-]*$/u;

/** What a text that is no message asks for. @returns null for a message; `command` null for one that there is not */
export function parseSlash(
  words: string,
): { readonly name: string; readonly command: SlashCommand | null; readonly rest: string } | null {
  const match = COMMAND.exec(words);
  if (!match) return null;
  const [, name = "", rest = ""] = match;
  const command = SLASH_COMMANDS.find((one) => one === name.toLowerCase()) ?? null;
  return { name, command, rest: rest.trim() };
}

/** A text that begins with a slash all the same: the first of two is not sent. */
export function withoutEscape(words: string): string {
  return words.startsWith("//") ? words.slice(1) : words;
}

/** Those that do something in this conversation, for this person. */
export function slashCommandsIn(conversation: Conversation): readonly SlashCommand[] {
  const { room, kind } = conversation;
  const moderating = moderates(conversation);
  const allowed: Readonly<Record<SlashCommand, boolean>> = {
    me: true,
    shrug: true,
    invite: moderating || (kind === "public-room" && room?.role === "member"),
    topic: moderating,
    rename: moderating,
    mute: true,
    leave: room !== null,
  };
  return SLASH_COMMANDS.filter((command) => allowed[command]);
}

/** Those whose name begins with what is typed so far. */
export function completionsOf(text: string, conversation: Conversation): readonly SlashCommand[] {
  if (!TYPING.test(text)) return [];
  const typed = text.slice(1).toLowerCase();
  return slashCommandsIn(conversation).filter((command) => command.startsWith(typed));
}

/** Names out of `@bob, carol`: lower case, each once. */
export function namesIn(rest: string): readonly string[] {
  const names = rest.split(/[\s,;]+/).map((word) => word.replace(/^@/, "").toLowerCase());
  return [...new Set(names.filter((name) => name !== ""))];
}
