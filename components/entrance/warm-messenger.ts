import { PATHS } from "./places";

const SCRIPT = /<script[^>]* src="([^"]+)"/g;

/** Into the browser's cache, while somebody reads and types here: the scripts of the page that comes next. */
export async function warmMessenger(): Promise<void> {
  const page = await (await fetch(PATHS.messenger)).text();
  const scripts = Array.from(page.matchAll(SCRIPT), ([, script = ""]) => script);
  await Promise.all(scripts.map(async (script) => (await fetch(script)).arrayBuffer()));
}
