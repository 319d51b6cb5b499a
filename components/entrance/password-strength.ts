/** 0 easy … 4 strong. A hint while typing, no promise: the server has the list of breached passwords. */
export type Strength = 0 | 1 | 2 | 3 | 4;

const POOLS: readonly (readonly [RegExp, number])[] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/[^a-zA-Z0-9\s]/, 32],
  [/\s/, 1],
  [/\P{ASCII}/u, 60],
];
/** Lower bounds, in bits, of 1 … 4. */
const STEPS = [28, 45, 60, 80] as const;
const COMMON = /pass(?:word|wort)?|motdepasse|azerty\w*|qwert[yz]\w*|letmein|welcome|admin|bonjour|sceau/g;
/** What a word that everybody uses is worth, in characters. */
const WORTH = 2;

/** Characters that add something: not a repeat of the one before, nor the next in a row (abc, 321). */
function surprisingChars(text: string): number {
  const codes = Array.from(text, (char) => char.codePointAt(0) as number);
  return codes.filter((code, i) => {
    const before = codes[i - 1];
    return before === undefined || Math.abs(code - before) > 1;
  }).length;
}

/** @param personal the names of the account: no secret at all. */
export function passwordStrength(password: string, personal: readonly string[]): Strength {
  let text = password.toLowerCase().replace(COMMON, "\u0001".repeat(WORTH));
  for (const name of personal) {
    if (name.length >= 3) text = text.replaceAll(name.toLowerCase(), "\u0001");
  }
  const pool = POOLS.reduce((sum, [pattern, size]) => sum + (pattern.test(password) ? size : 0), 0);
  const distinct = new Set(text).size;
  const length = Math.min(surprisingChars(text), distinct * 2);
  const bits = length * Math.log2(Math.max(pool, 2));
  return STEPS.filter((step) => bits >= step).length as Strength;
}
