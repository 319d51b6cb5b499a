import { describe, expect, it } from "vitest";
import { createTranslate, type Locale } from "@/lib/client/hooks/translate";
import en from "@/locales/rooms.en.json" with { type: "json" };
import fr from "@/locales/rooms.fr.json" with { type: "json" };
import { durationText, SLOWNESSES, slownessText, withCurrent } from "./policy-choices";

describe("durationText", () => {
  it.each([
    [1, "1 second", "1 seconde"],
    [90, "90 seconds", "90 secondes"],
    [300, "5 minutes", "5 minutes"],
    [3600, "1 hour", "1 heure"],
    [30 * 86_400, "30 days", "30 jours"],
  ])("writes %i seconds in the largest unit that fits", (seconds, english, french) => {
    expect(durationText(seconds, "en")).toBe(english);
    expect(durationText(seconds, "fr").replace(/\s/g, " ")).toBe(french);
  });
});

describe("slownessText", () => {
  const said = (seconds: number, locale: Locale) =>
    slownessText(seconds, locale, createTranslate(locale, locale === "fr" ? fr : en)).replace(/\s/g, " ");

  it.each([
    [0, "Off", "Désactivé"],
    [30, "One message every 30 seconds", "Un message toutes les 30 secondes"],
    [60, "One message every minute", "Un message par minute"],
    [300, "One message every 5 minutes", "Un message toutes les 5 minutes"],
    [3600, "One message every hour", "Un message par heure"],
    [2 * 86_400, "One message every 48 hours", "Un message toutes les 48 heures"],
  ])("says a slowness of %i seconds as one would", (seconds, english, french) => {
    expect(said(seconds, "en")).toBe(english);
    expect(said(seconds, "fr")).toBe(french);
  });
});

describe("withCurrent", () => {
  it("keeps the usual choices, and puts an unusual one in its place", () => {
    expect(withCurrent(SLOWNESSES, 30)).toBe(SLOWNESSES);
    expect(withCurrent([0, 10, 30], 20)).toEqual([0, 10, 20, 30]);
  });
});
