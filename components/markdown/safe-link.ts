const SCHEMES = new Set(["http:", "https:", "mailto:"]);

/** @returns null for anything but an absolute web or mail address: scripts, data, relative paths. */
export function safeLink(url: string): string | null {
  try {
    return SCHEMES.has(new URL(url).protocol) ? url : null;
  } catch {
    return null;
  }
}
