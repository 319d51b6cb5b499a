const MOST = 3;
const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\u{fe0f}?\u{20e3})/u;
/** A sign that is drawn as text unless asked otherwise (©, ↔): not large without the emoji selector. */
const TEXT_BY_DEFAULT = /^\P{Emoji_Presentation}$/u;

/** Whether the message is one to three emoji and nothing else; those are shown large. */
export function isEmojiOnly(text: string): boolean {
  // One emoji can take many code units (families), but not this many: do not segment a long text.
  if (text.length > 100) return false;
  const graphemes = [...new Intl.Segmenter().segment(text)]
    .map(({ segment }) => segment)
    .filter((segment) => segment.trim() !== "");
  return (
    graphemes.length > 0 &&
    graphemes.length <= MOST &&
    graphemes.every((segment) => EMOJI.test(segment) && !TEXT_BY_DEFAULT.test(segment))
  );
}
