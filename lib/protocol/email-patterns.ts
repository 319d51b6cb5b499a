/** Patterns of e-mail addresses: `*` stands for any letters, none too; the rest for itself, small and capital alike. */

/** As kept: all of them, one space between two. */
export const EMAIL_PATTERNS_CHARS = 2_000;

const SHAPE = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9.*-]+$/;

/** As they are kept: small, each once, whatever stood between them when they were typed. */
export function tidyEmailPatterns(typed: string): string {
  const patterns = typed
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  return [...new Set(patterns)].join(" ");
}

/** @param patterns tidy ones. Each has one @: without, `*example.org` would take in every address that ends so. */
export function areEmailPatterns(patterns: string): boolean {
  return (
    patterns.length <= EMAIL_PATTERNS_CHARS &&
    patterns.split(" ").every((one) => one === "" || SHAPE.test(one))
  );
}

/** @param patterns tidy ones */
export function matchesEmailPattern(email: string, patterns: string): boolean {
  const small = email.toLowerCase();
  return patterns.split(" ").some((pattern) => pattern !== "" && matches(small, pattern));
}

/** Piece by piece from the left, which is as good as trying all: what is between two stars can always begin early. */
function matches(text: string, pattern: string): boolean {
  const [head = "", ...rest] = pattern.split("*");
  const tail = rest.pop();
  if (tail === undefined) return text === head;
  if (!text.startsWith(head)) return false;
  let place = head.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, place);
    if (found === -1) return false;
    place = found + piece.length;
  }
  return text.length - tail.length >= place && text.endsWith(tail);
}
