/** Names are written in any direction, and must not turn the sentence around them. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
