import type { Content } from "@/lib/protocol/content";

/**
 * As it was typed, so that the composer makes the same of it. Null where that cannot be: which message it answers is
 * not said by its words.
 */
export function editableText(content: Content): string | null {
  if (content.type !== "text" || content.reply || content.thread) return null;
  if (content.action) return `/me ${content.text}`;
  // Else it would be a command.
  return content.text.startsWith("/") ? `/${content.text}` : content.text;
}
