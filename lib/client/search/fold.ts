/**
 * What two writings of the same word have in common: no case, no accents, no vowel points, no marks of Markdown,
 * one kind of digits, dashes, quotes and spaces. Hangul falls apart into its letters, so that half a syllable
 * finds the whole one; Katakana reads as Hiragana, whose voicing marks stay.
 */

const ASCII = /^[\0-\x7f]*$/;
const FOLDED_ALREADY = /[a-z0-9 .,]/;
/**
 * Not the voicing of kana: voiced ones are different letters. With tones of Hangul and what belongs to a note of music, which
 * take up room but stand in another order beside other marks than by themselves.
 */
const UNSEEN =
  /(?![\u3099\u309a])[\p{Mn}\p{Me}\p{Cf}\u0640\u302e\u302f\u{16ff0}\u{16ff1}\u{1d165}\u{1d166}\u{1d16d}-\u{1d172}*_~`]/gu;
/** Beyond Latin letters with their accents, and punctuation. */
const FURTHER = /[^\0-\u036f\u2000-\u206f]/;
/** The same as UNSEEN up to there, and ten times as fast. */
const UNSEEN_NEAR = /[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f*_~`]/g;
const SPACES = /\s+/g;
const KATAKANA = /[\u30a1-\u30f6]/g;
const KATAKANA_TO_HIRAGANA = 0x60;

const SAME: Readonly<Record<string, string>> = {
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", ħ: "h", ı: "i", þ: "th", ς: "σ" },
  ...{ ة: "ه", ى: "ي", ی: "ي", ک: "ك", ہ: "ه", ٱ: "ا" },
  ...{ "’": "'", "‘": "'", ʼ: "'", "“": '"', "”": '"', "«": '"', "»": '"' },
  ...{ "‐": "-", "‒": "-", "–": "-", "—": "-", "−": "-" },
  ...digits(0x660),
  ...digits(0x6f0),
  ...digits(0x966),
};
const DIFFERENT = new RegExp(`[${Object.keys(SAME).join("")}]`, "g");

function digits(zero: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: 10 }, (_, digit) => [String.fromCodePoint(zero + digit), String(digit)]),
  );
}

/** The folding of a text, with one space for any run of white space. */
export function fold(text: string): string {
  return foldLetters(text).replace(SPACES, " ");
}

/** The folding of each, a line each: much faster than one by one. */
export function foldLines(texts: readonly string[]): string {
  const lines = texts.map((text) => text.replace(SPACES, " ")).join("\n");
  // Some characters fold to several, with a space among them.
  return foldLetters(lines).replace(/ {2,}/g, " ");
}

/** Folding of a whole is the folding of its characters one by one. */
function foldLetters(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replace(/[*_~`]/g, "");
  const letters = text.normalize("NFKD").toLowerCase();
  return letters
    .replace(FURTHER.test(letters) ? UNSEEN : UNSEEN_NEAR, "")
    .replace(KATAKANA, (kana) => String.fromCharCode(kana.charCodeAt(0) - KATAKANA_TO_HIRAGANA))
    .replace(DIFFERENT, (letter) => SAME[letter] ?? letter);
}

export interface FoldedText {
  readonly folded: string;
  /** Of each code unit of `folded`, where the character stands in the text that it came from. */
  readonly places: readonly number[];
}

/** `fold`, with the way back: for marking in a text what was found in its folding. */
export function foldWithPlaces(text: string): FoldedText {
  let folded = "";
  const places: number[] = [];
  let place = 0;
  for (const character of text) {
    for (const unit of FOLDED_ALREADY.test(character) ? character : foldLetters(character)) {
      const isSpace = /\s/.test(unit);
      if (!(isSpace && folded.endsWith(" "))) {
        folded += isSpace ? " " : unit;
        for (let i = 0; i < unit.length; i++) places.push(place);
      }
    }
    place += character.length;
  }
  return { folded, places };
}
