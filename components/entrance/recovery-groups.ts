/** The recovery code as it stands on paper: groups joined by dashes. */
export function recoveryGroups(code: string): readonly string[] {
  return code.split("-");
}

/** Forgives what paper and hands do: case, spaces, dashes, O for 0, I or L for 1 (Crockford's base32). */
function tidy(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\s-]/g, "")
    .toUpperCase()
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
}

export function isSameGroup(typed: string, group: string): boolean {
  return tidy(typed) === tidy(group);
}

/** Two different positions in rising order, by two numbers in [0, 1). */
export function pickTwo(count: number, random: () => number): readonly [number, number] {
  const first = Math.floor(random() * count);
  const second = (first + 1 + Math.floor(random() * (count - 1))) % count;
  return first < second ? [first, second] : [second, first];
}
