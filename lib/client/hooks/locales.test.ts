import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import accountEn from "../../../locales/account.en.json" with { type: "json" };
import accountFr from "../../../locales/account.fr.json" with { type: "json" };
import en from "../../../locales/en.json" with { type: "json" };
import enrolmentEn from "../../../locales/enrolment.en.json" with { type: "json" };
import enrolmentFr from "../../../locales/enrolment.fr.json" with { type: "json" };
import filesEn from "../../../locales/files.en.json" with { type: "json" };
import filesFr from "../../../locales/files.fr.json" with { type: "json" };
import fr from "../../../locales/fr.json" with { type: "json" };
import sayingEn from "../../../locales/messages.en.json" with { type: "json" };
import sayingFr from "../../../locales/messages.fr.json" with { type: "json" };
import notesEn from "../../../locales/notes.en.json" with { type: "json" };
import notesFr from "../../../locales/notes.fr.json" with { type: "json" };
import presenceEn from "../../../locales/presence.en.json" with { type: "json" };
import presenceFr from "../../../locales/presence.fr.json" with { type: "json" };
import privacyEn from "../../../locales/privacy.en.json" with { type: "json" };
import privacyFr from "../../../locales/privacy.fr.json" with { type: "json" };
import registrationEn from "../../../locales/registration.en.json" with { type: "json" };
import registrationFr from "../../../locales/registration.fr.json" with { type: "json" };
import reportsEn from "../../../locales/reports.en.json" with { type: "json" };
import reportsFr from "../../../locales/reports.fr.json" with { type: "json" };
import retentionEn from "../../../locales/retention.en.json" with { type: "json" };
import retentionFr from "../../../locales/retention.fr.json" with { type: "json" };
import roomsEn from "../../../locales/rooms.en.json" with { type: "json" };
import roomsFr from "../../../locales/rooms.fr.json" with { type: "json" };
import searchEn from "../../../locales/search.en.json" with { type: "json" };
import searchFr from "../../../locales/search.fr.json" with { type: "json" };
import switcherEn from "../../../locales/switcher.en.json" with { type: "json" };
import switcherFr from "../../../locales/switcher.fr.json" with { type: "json" };
import { ERRORS } from "../../protocol/errors.ts";
import { POLICY_KEYS, policyOf } from "../../protocol/policies.ts";
import type { ConversationAlert, DeliveryState, OpenFailure } from "../model.ts";
import { createTranslate } from "./translate.ts";

/** The words of the administration, a pair of files for each section. */
const ADMIN = join(import.meta.dirname, "..", "..", "..", "locales", "admin");
const ADMIN_SECTIONS = readdirSync(ADMIN).flatMap((file) => /^(.+)\.en\.json$/.exec(file)?.[1] ?? []);
function ofAdmin(locale: string): Record<string, string> {
  return Object.assign(
    {},
    ...ADMIN_SECTIONS.map((section) =>
      JSON.parse(readFileSync(join(ADMIN, `${section}.${locale}.json`), "utf8")),
    ),
  );
}
const adminEn = ofAdmin("en");
const adminFr = ofAdmin("fr");

const FILES: Readonly<Record<string, Record<string, string>>> = {
  en: {
    ...en,
    ...accountEn,
    ...notesEn,
    ...adminEn,
    ...enrolmentEn,
    ...filesEn,
    ...registrationEn,
    ...reportsEn,
    ...retentionEn,
    ...roomsEn,
    ...sayingEn,
    ...presenceEn,
    ...searchEn,
    ...switcherEn,
  },
  fr: {
    ...fr,
    ...accountFr,
    ...notesFr,
    ...adminFr,
    ...enrolmentFr,
    ...filesFr,
    ...registrationFr,
    ...reportsFr,
    ...retentionFr,
    ...roomsFr,
    ...sayingFr,
    ...presenceFr,
    ...searchFr,
    ...switcherFr,
  },
};
const ENGLISH = FILES.en ?? {};
const FRENCH = FILES.fr ?? {};
/** Records, so that a new member of a union is missing here at compile time. */
const OPEN_FAILURES: Readonly<Record<OpenFailure, true>> = {
  "earlier-keys": true,
  "unaccepted-identity": true,
  "waiting-for-key": true,
  "unknown-sender": true,
  "bad-signature": true,
  malformed: true,
};
const ALERTS: Readonly<Record<ConversationAlert, true>> = {
  "identity-changed": true,
  "history-mismatch": true,
  "device-copied": true,
  "broken-record": true,
  "living-owner": true,
};
const DELIVERIES: Readonly<Record<DeliveryState, true>> = {
  pending: true,
  failed: true,
  stored: true,
  delivered: true,
  read: true,
};

/** A text with its sentences taken out: what must be alike in every language. */
function shapeOf(text: unknown): unknown {
  return JSON.parse(JSON.stringify(text, (_, value) => (typeof value === "string" ? "" : value)));
}

function sentencesOf(text: unknown): string[] {
  return typeof text === "string" ? [text] : Object.values(text ?? {}).flatMap(sentencesOf);
}

function parametersOf(sentence: string): string[] {
  return [...new Set(sentence.match(/\{\w+\}/g))].sort();
}

describe("language files", () => {
  it("have the same keys, in the same order", () => {
    expect(Object.keys(fr)).toEqual(Object.keys(en));
    expect(Object.keys(accountFr)).toEqual(Object.keys(accountEn));
    expect(Object.keys(enrolmentFr)).toEqual(Object.keys(enrolmentEn));
    expect(Object.keys(filesFr)).toEqual(Object.keys(filesEn));
    expect(Object.keys(registrationFr)).toEqual(Object.keys(registrationEn));
    expect(Object.keys(reportsFr)).toEqual(Object.keys(reportsEn));
    expect(Object.keys(adminFr)).toEqual(Object.keys(adminEn));
    expect(Object.keys(retentionFr)).toEqual(Object.keys(retentionEn));
    expect(Object.keys(notesFr)).toEqual(Object.keys(notesEn));
    expect(Object.keys(roomsFr)).toEqual(Object.keys(roomsEn));
    expect(Object.keys(sayingFr)).toEqual(Object.keys(sayingEn));
    expect(Object.keys(presenceFr)).toEqual(Object.keys(presenceEn));
    expect(Object.keys(searchFr)).toEqual(Object.keys(searchEn));
    expect(Object.keys(switcherFr)).toEqual(Object.keys(switcherEn));
  });

  it("say as much about privacy, and name the same cookies", () => {
    expect(shapeOf(privacyFr)).toEqual(shapeOf(privacyEn));
    const names = (texts: typeof privacyEn) => texts.cookies.rows.map(([name]) => name);
    expect(names(privacyFr)).toEqual(names(privacyEn));
  });

  it("do not say one thing twice", () => {
    const keys = [
      en,
      accountEn,
      notesEn,
      adminEn,
      enrolmentEn,
      registrationEn,
      reportsEn,
      retentionEn,
      roomsEn,
      sayingEn,
      presenceEn,
      searchEn,
      switcherEn,
    ].flatMap(Object.keys);
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
  });

  it("take the same parameters", () => {
    const differing = Object.keys(ENGLISH).filter(
      (key) => String(parametersOf(FRENCH[key] ?? "")) !== String(parametersOf(ENGLISH[key] ?? "")),
    );
    expect(differing).toEqual([]);
  });

  it("has both forms of every plural", () => {
    const forms = Object.keys(ENGLISH).filter((key) => /_(one|other)$/.test(key));
    const bases = new Set(forms.map((key) => key.replace(/_(one|other)$/, "")));
    expect(forms.length).toBe(bases.size * 2);
  });
});

describe.each(Object.entries(FILES))("%s", (_locale, sentences) => {
  it.each(Object.keys(ERRORS))("says what to do about %s", (code) => {
    // Two sentences, or a comma and an instruction: what is the case, and what to do.
    expect(sentences[`error.${code}`]).toMatch(/\. \p{Lu}.*\.$/u);
  });

  it.each(Object.keys(OPEN_FAILURES))("explains an unreadable message: %s", (reason) => {
    expect(sentences[`unreadable.${reason}`]).toMatch(/\.$/);
  });

  it.each(Object.keys(ALERTS))("explains the alert %s", (alert) => {
    expect(sentences[`alert.${alert}`]).toMatch(/\.$/);
  });

  it.each(Object.keys(DELIVERIES))("has a word for delivery state %s", (state) => {
    expect(sentences[`delivery.${state}`]).toBeTruthy();
  });
});

describe("French typography", () => {
  it("has no breaking space before a high mark or inside guillemets, and no straight apostrophe", () => {
    const wrong = [...Object.values(FRENCH), ...sentencesOf(privacyFr)].filter((sentence) =>
      / [:;!?»]|« |[\p{L}»][;!?](?:\s|$)|'/u.test(sentence),
    );
    expect(wrong).toEqual([]);
  });
});

describe("createTranslate", () => {
  it("fills parameters and leaves unknown ones visible", () => {
    const t = createTranslate("en", en);
    expect(t("timeline.beginning", { name: "Zoé" })).toBe("Only you and Zoé can read this.");
    expect(t("timeline.beginning")).toBe("Only you and {name} can read this.");
  });

  it("does not read a parameter's value as a pattern", () => {
    const t = createTranslate("en", en);
    expect(t("timeline.said", { name: "$&", text: "{name}" })).toBe("$&: {name}");
  });

  it("chooses plurals and writes numbers by language", () => {
    const english = createTranslate("en", en);
    const french = createTranslate("fr", fr);
    expect(english("messenger.unread", { count: 1 })).toBe("1 unread message");
    expect(english("messenger.unread", { count: 0 })).toBe("0 unread messages");
    expect(english("composer.left", { count: 12000 })).toBe("12,000 characters left");
    expect(french("messenger.unread", { count: 0 })).toBe("0 message non lu");
    expect(french("messenger.unread", { count: 2_000_000 })).toMatch(/messages non lus$/);
  });
});

describe("elision in French", () => {
  const french = createTranslate("fr", { ...fr, ...roomsFr });

  it.each([
    ["Alice", "Compte d’Alice"],
    ["Élise", "Compte d’Élise"],
    ["œuvres", "Compte d’œuvres"],
    ["Yves", "Compte d’Yves"],
    ["Hélène", "Compte d’Hélène"],
    ["\u2068Ulysse\u2069", "Compte d’\u2068Ulysse\u2069"],
    ["Bob", "Compte de Bob"],
    ["Yann", "Compte de Yann"],
    ["Hans", "Compte de Hans"],
    ["山田", "Compte de 山田"],
  ])("is made before %s where one makes it", (name, sentence) => {
    expect(french("account.menu", { name })).toBe(sentence);
  });

  it("is made of « que », too, and of no other word", () => {
    expect(french("member.removeBody", { name: "Alice" })).toContain("Ce qu’Alice a déjà lu");
    expect(french("composer.label", { name: "Alice" })).toBe("Message à Alice");
    expect(createTranslate("en", en)("account.menu", { name: "Alice" })).toBe("Account of Alice");
  });
});

describe("the words of policies", () => {
  it.each(POLICY_KEYS)("name %s, say what it does, and have a word for each of its values", (key) => {
    const policy = policyOf(key);
    const needed = [
      `policy.${key}`,
      `policy.${key}Does`,
      `policies.${policy.group}`,
      `policies.${policy.group}Intro`,
    ];
    if (policy.kind === "choice") needed.push(...policy.choices.map((choice) => `choice.${choice}`));
    else if (policy.kind !== "boolean" && policy.kind !== "patterns")
      needed.push(`unit.${policy.kind}`, `amount.${policy.kind}_other`);
    expect(needed.filter((word) => !adminEn[word])).toEqual([]);
  });
});
