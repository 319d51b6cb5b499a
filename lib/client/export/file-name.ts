const LONGEST = 40;

/**
 * A name that every system takes, whatever somebody called themselves: a number, then a few plain letters.
 * @param place 1, 2, 3, …
 */
export function fileName(place: number, name: string): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, "");
  return `${String(place).padStart(3, "0")}-${plain || "conversation"}`;
}
