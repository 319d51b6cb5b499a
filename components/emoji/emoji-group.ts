/** The emoji of a group, in the order in which they are shown. */
export interface EmojiGroup {
  readonly title: "faces" | "people" | "nature" | "food" | "travel" | "activities" | "objects" | "symbols";
  /** One a line: the emoji, its name in English, its name in French; after a comma other words it is found by. */
  readonly lines: string;
}
