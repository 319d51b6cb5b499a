const ADDRESS = /^(?:https?:\/\/|www\.)\S+$/i;
/** What nobody sees, around an address or in it. */
const UNSEEN = /[\p{Cf}\p{DI}\u2800]/gu;
/** Makes an address out of what is none. */
const WRITTEN_BACKWARDS = /[\u202d\u202e]/;

/** Whether the words of a link look like an address themselves, on another host than the link leads to. */
export function posesAsAnother(words: string, href: string): boolean {
  if (WRITTEN_BACKWARDS.test(words)) return true;
  const shown = words.replace(UNSEEN, "").trim();
  if (!ADDRESS.test(shown)) return false;
  try {
    return new URL(/^www\./i.test(shown) ? `https://${shown}` : shown).host !== new URL(href).host;
  } catch {
    return true;
  }
}
