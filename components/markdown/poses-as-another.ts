const ADDRESS = /^\s*(?:https?:\/\/|www\.)\S+\s*$/i;

/** Whether the words of a link are themselves an address, on another host than the link leads to. */
export function posesAsAnother(words: string, href: string): boolean {
  if (!ADDRESS.test(words)) return false;
  const shown = words.trim();
  try {
    return new URL(/^www\./i.test(shown) ? `https://${shown}` : shown).host !== new URL(href).host;
  } catch {
    return true;
  }
}
