/** The cookies of one origin by name, as far as a client of one server needs them: no paths, no domains. */
export type Cookies = ReadonlyMap<string, string>;

export function cookieHeader(cookies: Cookies): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}

/** @param headers the values of Set-Cookie. @returns whether anything is another now */
export function applySetCookies(cookies: Map<string, string>, headers: readonly string[]): boolean {
  let changed = false;
  for (const header of headers) {
    const [pair = "", ...attributes] = header.split(/;\s*/);
    const at = pair.indexOf("=");
    const name = pair.slice(0, at);
    const value = pair.slice(at + 1);
    const expired = attributes.some(
      (text) => /^max-age=0$/i.test(text) || /^expires=Thu, 01 Jan 1970/i.test(text),
    );
    if (expired) changed = cookies.delete(name) || changed;
    else if (cookies.get(name) !== value) {
      cookies.set(name, value);
      changed = true;
    }
  }
  return changed;
}
