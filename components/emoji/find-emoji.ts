import type { Locale } from "@/lib/client/hooks/translate";
import { EMOJI_GROUPS } from "./emoji-data";
import type { EmojiGroup } from "./emoji-group";

export interface Emoji {
  readonly emoji: string;
  /** In the language asked for. */
  readonly name: string;
  /** Everything that it is found by, folded, each word after a space. */
  readonly words: string;
}

export interface EmojiSection {
  readonly title: EmojiGroup["title"];
  readonly emoji: readonly Emoji[];
}

function folded(text: string): string {
  return text.replaceAll("œ", "oe").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** All emoji with their names in a language. Found by the words of every language. */
export function readEmoji(locale: Locale): EmojiSection[] {
  return EMOJI_GROUPS.map(({ title, lines }) => ({
    title,
    emoji: lines
      .trim()
      .split("\n")
      .map((line) => {
        const [emoji = "", en = "", fr = ""] = line.split("|");
        const [name = ""] = (locale === "fr" ? fr : en).split(",");
        return { emoji, name, words: ` ${folded(`${en} ${fr}`).replace(/[,’'-]/g, " ")}` };
      }),
  }));
}

/** Those with a word that begins as each word asked for. */
export function findEmoji(sections: readonly EmojiSection[], query: string): EmojiSection[] {
  const wanted = folded(query)
    .split(/[\s,’'-]+/)
    .filter((word) => word !== "");
  return sections
    .map(({ title, emoji }) => ({
      title,
      emoji: emoji.filter(({ words }) => wanted.every((word) => words.includes(` ${word}`))),
    }))
    .filter(({ emoji }) => emoji.length > 0);
}
