import { areEmailPatterns, tidyEmailPatterns } from "@/lib/protocol/email-patterns";
import type { PolicyView } from "@/lib/protocol/http/admin/policies";
import { type Policy, type PolicyKey, type PolicyValues, policyOf } from "@/lib/protocol/policies";

/** What stands in the fields of policies, and what it means. */

/** Patterns stand one below the other. */
export function typedOf({ key, value }: Pick<PolicyView, "key" | "value">): string {
  return policyOf(key).kind === "patterns" ? String(value).replaceAll(" ", "\n") : String(value);
}

/** NaN for what is no whole number. */
function read(policy: Policy, typed: string): PolicyView["value"] {
  if (policy.kind === "choice") return typed;
  if (policy.kind === "patterns") return tidyEmailPatterns(typed);
  if (policy.kind === "boolean") return typed === "true";
  return /^\s*\d+\s*$/.test(typed) ? Number(typed) : Number.NaN;
}

/** What was typed and is another value than the one that holds; it may be one that is not possible. */
export function readAll(
  policies: readonly PolicyView[],
  typed: Readonly<Record<string, string>>,
): Partial<PolicyValues> {
  const changes = policies.flatMap(({ key, value }) => {
    const text = typed[key];
    const now = text === undefined ? value : read(policyOf(key), text);
    return now === value ? [] : [[key, now] as const];
  });
  return Object.fromEntries(changes);
}

/** @param value undefined for what did not change */
export function isWithin(key: PolicyKey, value: PolicyView["value"] | undefined): boolean {
  const policy = policyOf(key);
  if (policy.kind === "patterns") return areEmailPatterns(String(value ?? ""));
  if (typeof value !== "number" || policy.kind === "choice" || policy.kind === "boolean") return true;
  return value >= policy.min && value <= policy.max;
}
