/** How many `--color-avatar-n` there are in app/globals.css. */
export const AVATAR_TONES = 8;

/** First letters of the first and the last word, whole graphemes, upper case where the script has it. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen
    .map((word) => [...new Intl.Segmenter().segment(word ?? "")][0]?.segment ?? "")
    .join("")
    .toLocaleUpperCase();
}

/** The same person has the same colour everywhere: it comes from the account's id, not from the name. */
export function toneOf(id: string): number {
  let hash = 0;
  for (const char of id) hash = (hash * 31 + (char.codePointAt(0) as number)) >>> 0;
  return hash % AVATAR_TONES;
}
