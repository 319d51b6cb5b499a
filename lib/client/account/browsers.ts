import type { infer as Infer } from "zod/mini";
import type { devicesAnswer, sessionsAnswer } from "../../protocol/http/sessions.ts";
import { describeBrowser } from "../describe-browser.ts";
import type { Browser } from "../model-account.ts";

type Session = Infer<typeof sessionsAnswer>["sessions"][number];
type Device = Infer<typeof devicesAnswer>["devices"][number];

/**
 * One entry for each browser: a device with all its sessions, and each session without keys by itself. This one
 * first, then by last use; those where nobody is signed in last.
 */
export function joinBrowsers(sessions: readonly Session[], devices: readonly Device[]): Browser[] {
  const known = new Set(devices.map(({ id }) => id));
  const browsers = [
    ...devices.map((device) =>
      toBrowser(
        device,
        sessions.filter((session) => session.device === device.id),
      ),
    ),
    ...sessions
      .filter(({ device }) => device === null || !known.has(device))
      .map((session) => toBrowser(null, [session])),
  ];
  const rank = ({ here, seen }: Browser) => (here ? Number.POSITIVE_INFINITY : (seen?.at ?? 0));
  return browsers.sort((a, b) => rank(b) - rank(a) || b.since - a.since);
}

function toBrowser(device: Device | null, sessions: readonly Session[]): Browser {
  const newest = sessions.toSorted((a, b) => b.lastSeenAt - a.lastSeenAt)[0];
  const suspicions = new Set(sessions.flatMap((session) => session.suspicions));
  return {
    key: device?.id ?? newest?.id ?? "",
    device: device?.id ?? null,
    name: device?.name ?? describeBrowser(newest?.agent ?? ""),
    sessions: sessions.map(({ id }) => id),
    seen: newest ? { at: newest.lastSeenAt, address: newest.address, agent: newest.agent } : null,
    since: device?.createdAt ?? newest?.createdAt ?? 0,
    suspicions: [...suspicions],
    appPassword: newest?.appPassword ?? null,
    here: sessions.some(({ current }) => current),
  };
}
