import * as z from "zod/mini";
import { areEmailPatterns, tidyEmailPatterns } from "./email-patterns.ts";

/**
 * What whoever runs the server may set while it runs. One table: limits and defaults here, what services do with it where
 * they ask, sentences in locales/admin.
 */

interface NumberPolicy {
  readonly group: PolicyGroup;
  readonly kind: "minutes" | "hours" | "days" | "months" | "megabytes" | "count" | "aSecond" | "aMinute";
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

interface BooleanPolicy {
  readonly group: PolicyGroup;
  readonly kind: "boolean";
  readonly default: boolean;
}

interface ChoicePolicy {
  readonly group: PolicyGroup;
  readonly kind: "choice";
  readonly choices: readonly [string, ...string[]];
  readonly default: string;
}

/** Of e-mail addresses, one space between two; see email-patterns.ts. */
interface PatternsPolicy {
  readonly group: PolicyGroup;
  readonly kind: "patterns";
  readonly default: string;
}

export type Policy = NumberPolicy | BooleanPolicy | ChoicePolicy | PatternsPolicy;

/** In the order in which they are shown. */
export const POLICY_GROUPS = [
  "registration",
  "sessions",
  "administration",
  "messages",
  "files",
  "keys",
  "journal",
  "rates",
] as const;
export type PolicyGroup = (typeof POLICY_GROUPS)[number];

export const POLICIES = {
  /** Who may make an account: anybody, whoever holds an invitation, or nobody. */
  registration: {
    group: "registration",
    kind: "choice",
    choices: ["open", "invitation", "closed"],
    default: "open",
  },
  /** Whether the form asks for an e-mail address. Nothing is ever sent there. */
  registrationEmail: {
    group: "registration",
    kind: "choice",
    choices: ["unasked", "optional", "required"],
    default: "unasked",
  },
  /** Where there are any, an address is required, and one of them must fit. */
  allowedEmails: { group: "registration", kind: "patterns", default: "" },
  /** None of them may fit, also where an allowed one does. */
  deniedEmails: { group: "registration", kind: "patterns", default: "" },
  /** Of a new password, at least. */
  passwordChars: { group: "registration", kind: "count", default: 10, min: 8, max: 64 },
  sessionIdleHours: { group: "sessions", kind: "hours", default: 12, min: 1, max: 720 },
  sessionDays: { group: "sessions", kind: "days", default: 7, min: 1, max: 90 },
  adminSessionIdleMinutes: { group: "administration", kind: "minutes", default: 30, min: 5, max: 1440 },
  adminSessionHours: { group: "administration", kind: "hours", default: 12, min: 1, max: 168 },
  /** After so long without use the administration asks for both factors again. */
  adminIdleMinutes: { group: "administration", kind: "minutes", default: 30, min: 5, max: 1440 },
  /** 0: for ever, as far as MESSAGE_RETENTION lets them. */
  messageRetentionDays: { group: "messages", kind: "days", default: 0, min: 0, max: 3650 },
  /** The largest file. 0: none are taken. */
  fileMegabytes: { group: "files", kind: "megabytes", default: 100, min: 0, max: 2_048 },
  /** What is kept of one person's files. 0: as much as there is room for. */
  storageMegabytes: { group: "files", kind: "megabytes", default: 5_120, min: 0, max: 10_000_000 },
  /** 0: as long as their messages. */
  fileRetentionDays: { group: "files", kind: "days", default: 0, min: 0, max: 3650 },
  /** 0: never by themselves. */
  keyRenewalMonths: { group: "keys", kind: "months", default: 6, min: 0, max: 36 },
  /** Entries stay, their addresses go. */
  journalAddressMonths: { group: "journal", kind: "months", default: 12, min: 1, max: 120 },
  /** Entries go as well. 0: never. */
  journalMonths: { group: "journal", kind: "months", default: 0, min: 0, max: 240 },
  /** Of one socket in the long run, messages among them. */
  framesPerSecond: { group: "rates", kind: "aSecond", default: 40, min: 5, max: 1_000 },
  /** Of one account, by HTTP. */
  writesPerMinute: { group: "rates", kind: "aMinute", default: 2_000, min: 500, max: 100_000 },
} as const satisfies Record<string, Policy>;

export type PolicyKey = keyof typeof POLICIES;
export const POLICY_KEYS = Object.keys(POLICIES) as PolicyKey[];
/** As any policy, whatever kinds there are now. */
export const policyOf = (key: PolicyKey): Policy => POLICIES[key];

type ValueOf<P extends Policy> = P extends { choices: readonly (infer Choice)[] }
  ? Choice
  : P extends BooleanPolicy
    ? boolean
    : P extends PatternsPolicy
      ? string
      : number;
export type PolicyValues = { readonly [Key in PolicyKey]: ValueOf<(typeof POLICIES)[Key]> };

export const DEFAULT_POLICIES = Object.fromEntries(
  POLICY_KEYS.map((key) => [key, POLICIES[key].default]),
) as unknown as PolicyValues;

function schemaOf(policy: Policy): z.ZodMiniType<string | number | boolean> {
  if (policy.kind === "boolean") return z.boolean();
  if (policy.kind === "choice") return z.enum(policy.choices);
  if (policy.kind === "patterns")
    return z.pipe(
      z.pipe(z.string(), z.transform(tidyEmailPatterns)),
      z.string().check(z.refine(areEmailPatterns)),
    );
  return z.int().check(z.minimum(policy.min), z.maximum(policy.max));
}

/** Some of them, each within its limits. */
export const policyChanges = z.strictObject(
  Object.fromEntries(POLICY_KEYS.map((key) => [key, z.optional(schemaOf(POLICIES[key]))])),
) as unknown as z.ZodMiniType<Partial<PolicyValues>>;
