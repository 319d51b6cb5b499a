import type { KeyboardEvent } from "react";
import type { Content } from "@/lib/protocol/content";

/** What the composer can do once the views of what is said about messages are here. */
export interface ComposerHandle {
  /** @returns whether the key was for it */
  keyDown(event: KeyboardEvent<HTMLTextAreaElement>): boolean;
  /** Does what is no message. @returns whether that was it, done or refused */
  command(words: string): boolean;
  /** What these words say: a message, an answer, other words for an earlier one; null when there is nothing to send. */
  contentOf(words: string): Content | null;
  /** Sends the attached files with it; rejects, with the files attached again, when they cannot be taken. */
  sendFiles(content: Extract<Content, { readonly type: "text" }>): Promise<void>;
  /** The words have left the field. */
  done(): void;
}
