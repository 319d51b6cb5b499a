export const DIGITS = 6;

/** The digits of what was typed or pasted, in ASCII ("１２３ 456" becomes "123456"). */
function digitsOf(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[^0-9]/g, "")
    .slice(0, DIGITS);
}

/**
 * What a field for a code holds after an input. Digits that are put into a full field, wherever, begin a new code: nobody
 * mends one that was refused.
 * @param old what it held before
 * @param caret where the input ended
 */
export function digitsAfter(text: string, old: string, caret: number): string {
  const more = text.length - old.length;
  if (old.length < DIGITS || more <= 0) return digitsOf(text);
  return digitsOf(text.slice(caret - more, caret)) || old;
}
