import * as z from "zod/mini";
import type { ConversationId } from "../base/ids.ts";
import { areEmailPatterns, EMAIL_PATTERNS_CHARS, tidyEmailPatterns } from "./email-patterns.ts";
import { id, UNSAFE_IN_NAMES } from "./fields.ts";

/**
 * Who may come in from where: rules in an order, of which the first that fits decides. Where none fits, everybody may.
 */

/** The whole server, its administration alone, or one room: whoever is there is on the server as well. */
export const ACCESS_PLACES = ["server", "admin", "room"] as const;
export type AccessPlace = (typeof ACCESS_PLACES)[number];

export const ACCESS_RULES = 100;
export const ACCESS_PATTERNS_CHARS = EMAIL_PATTERNS_CHARS;
export const ACCESS_NOTE_CHARS = 120;
/** How long rules that shut out their author hold unless they are confirmed. */
export const ACCESS_TRIAL_MS = 10 * 60_000;

/** Whether it means something, the server says: this only keeps out what never could. */
const ADDRESS = /^[0-9a-f.:]{2,45}(\/\d{1,3})?$/;

/** As they are kept: small, each once, one space between two. */
export const tidyPatterns = tidyEmailPatterns;

/** @param patterns tidy ones, of addresses or in CIDR notation */
export const areAddressPatterns = (patterns: string): boolean =>
  patterns.length <= ACCESS_PATTERNS_CHARS && patterns.split(" ").every((one) => ADDRESS.test(one));

/** Whether a rule says whom it is about. @param patterns tidy ones */
export function fitsKind({ by, patterns }: { by: AccessRule["by"]; patterns: string }): boolean {
  if (by === "everybody") return patterns === "";
  return by === "address" ? areAddressPatterns(patterns) : patterns !== "" && areEmailPatterns(patterns);
}

export const accessRule = z
  .strictObject({
    effect: z.enum(["allow", "deny"]),
    place: z.enum(ACCESS_PLACES),
    /** Which one, of a rule for a room. */
    room: z.optional(id<ConversationId>()),
    by: z.enum(["address", "email", "everybody"]),
    /** Addresses in CIDR notation, or patterns of e-mail addresses; one space between two. Of everybody none. */
    patterns: z.pipe(z.string().check(z.maxLength(4 * ACCESS_PATTERNS_CHARS)), z.transform(tidyPatterns)),
    note: z.string().check(
      z.trim(),
      z.normalize("NFC"),
      z.maxLength(ACCESS_NOTE_CHARS),
      z.refine((text) => !UNSAFE_IN_NAMES.test(text)),
    ),
  })
  .check(
    z.refine(fitsKind),
    z.refine(({ place, room }) => (place === "room") === (room !== undefined)),
  );

export interface AccessRule {
  readonly effect: "allow" | "deny";
  readonly place: AccessPlace;
  readonly room?: ConversationId | undefined;
  readonly by: "address" | "email" | "everybody";
  readonly patterns: string;
  readonly note: string;
}

export const accessRules = z.array(accessRule).check(z.maxLength(ACCESS_RULES));
