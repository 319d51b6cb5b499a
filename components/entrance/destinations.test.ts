import { describe, expect, it } from "vitest";
import { keepingPlace, pathOf, signInAndBackToAdmin } from "./destinations";
import { signInAndBackTo } from "./places";

const CONVERSATION = `#c=${"A".repeat(22)}`;
const INVITATION = `#join=${"A".repeat(22)}.${"B".repeat(22)}.${"C".repeat(43)}`;

describe("the way back", () => {
  it.each([CONVERSATION, `${CONVERSATION}&details=members`, INVITATION, "#settings", "#settings/devices"])(
    "leads from %s over the sign-in page",
    (place) => {
      const [path, fragment] = signInAndBackTo(place).split("#");
      expect(path).toBe("/login");
      expect(pathOf("messenger", `#${fragment}`)).toBe(`/${place}`);
    },
  );

  it.each([
    "",
    "#",
    "#c=short",
    "#token=abc",
    "#settings/../x",
    `${CONVERSATION}&details=/x`,
    `${INVITATION}D`,
  ])("does not remember %j", (place) => {
    expect(signInAndBackTo(place)).toBe("/login");
  });

  it.each([
    "",
    "#back=",
    "#back=//evil.example",
    "#back=https://evil.example",
    "#back=javascript:alert(1)",
    "#back=%23settings",
    `#back=c=${"A".repeat(23)}`,
    `${CONVERSATION}`,
  ])("of a forged %j is the messenger itself", (from) => {
    expect(pathOf("messenger", from)).toBe("/");
  });

  it("outlives the unlocking of a browser and the making of its first keys, and nothing else", () => {
    expect(pathOf("recover", "#back=settings")).toBe("/recover#back=settings");
    expect(pathOf("recover", "#back=//evil.example")).toBe("/recover");
    expect(pathOf("keys", "#back=settings")).toBe("/keys#back=settings");
    expect(pathOf("sign-in", "#back=settings")).toBe("/login");
  });

  it.each([
    ["", "/admin"],
    ["#policies", "/admin#policies"],
    [`#people=${"A".repeat(22)}`, `/admin#people=${"A".repeat(22)}`],
    ["#../evil", "/admin"],
    ["#//evil.example", "/admin"],
  ])("leads to the administration at %j, without asking for keys", (place, there) => {
    const [path, fragment] = signInAndBackToAdmin(place).split("#");
    expect(path).toBe("/login");
    expect(pathOf("messenger", `#${fragment}`)).toBe(there);
    expect(pathOf("recover", `#${fragment}`)).toBe(there);
    expect(pathOf("keys", `#${fragment}`)).toBe(`/keys#${fragment}`);
    expect(pathOf("sign-in", `#${fragment}`)).toBe("/login");
  });

  it("goes along to who has no account yet", () => {
    expect(keepingPlace("/register", "#back=settings")).toBe("/register#back=settings");
    expect(keepingPlace("/register", "#token=abc")).toBe("/register");
    expect(keepingPlace("/register", "#back=//evil.example")).toBe("/register");
  });
});
