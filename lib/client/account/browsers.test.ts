import { describe, expect, it } from "vitest";
import { type DeviceId, newId, type SessionId } from "../../base/ids.ts";
import { joinBrowsers } from "./browsers.ts";

const [desk, phone] = [newId<DeviceId>(1), newId<DeviceId>(2)];
const AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

const session = (device: DeviceId | null, lastSeenAt: number, current = false) => ({
  id: newId<SessionId>(),
  device,
  address: "192.0.2.1",
  agent: AGENT,
  createdAt: 1,
  lastSeenAt,
  suspicions: [],
  appPassword: null,
  current,
});
const device = (id: DeviceId, name: string) => ({ id, name, createdAt: 5, current: false, live: false });

describe("browsers", () => {
  it("are one entry for a device with all its sessions, and one for each session without keys", () => {
    const sessions = [session(desk, 10), session(desk, 30, true), session(null, 20)];
    const browsers = joinBrowsers(sessions, [device(phone, "Phone"), device(desk, "Desk")]);
    expect(browsers.map(({ name, here, seen }) => [name, here, seen?.at])).toEqual([
      ["Desk", true, 30],
      ["Firefox · Linux", false, 20],
      ["Phone", false, undefined],
    ]);
    expect(browsers[0]?.sessions).toEqual([sessions[0]?.id, sessions[1]?.id]);
    expect(browsers[1]).toMatchObject({ device: null, since: 1 });
  });

  it("have this one first, however long ago it was used", () => {
    const browsers = joinBrowsers([session(desk, 10), session(phone, 1, true)], [device(desk, "Desk")]);
    expect(browsers.map(({ here }) => here)).toEqual([true, false]);
  });

  it("whose device is gone are still listed while they are signed in", () => {
    expect(joinBrowsers([session(phone, 10)], [])).toMatchObject([{ device: null, name: "Firefox · Linux" }]);
  });

  it("say of all their sessions what was unusual, each once", () => {
    const odd = (suspicions: ("new-browser" | "new-address")[]) => ({ ...session(desk, 1), suspicions });
    const [browser] = joinBrowsers(
      [odd(["new-browser"]), odd(["new-browser", "new-address"])],
      [device(desk, "Desk")],
    );
    expect(browser?.suspicions).toEqual(["new-browser", "new-address"]);
  });
});
