import { useI18n } from "@/lib/client/hooks/i18n";
import type { MessageKey } from "@/lib/client/hooks/translate";
import type { PolicyView } from "@/lib/protocol/http/admin/policies";
import { POLICIES, type Policy, policyOf } from "@/lib/protocol/policies";

export function choicesOf(policy: Extract<Policy, { kind: "choice" | "boolean" }>): readonly string[] {
  return policy.kind === "boolean" ? ["true", "false"] : policy.choices;
}

/** How policies are spoken of. */
export function usePolicyWords() {
  const { t } = useI18n();
  // A record of choices would repeat the table of policies: a test holds that there is a word for each.
  const choice = (value: string) => t(`choice.${value}` as MessageKey);
  const amount = (kind: Policy["kind"], count: number) => t(`amount.${kind}` as MessageKey, { count });
  return {
    choice,
    value: ({ key, value }: Pick<PolicyView, "key" | "value">): string =>
      typeof value === "number"
        ? amount(POLICIES[key].kind, value)
        : policyOf(key).kind === "patterns"
          ? String(value) || t("policies.none")
          : choice(String(value)),
    limits: (policy: Policy): string => {
      if (policy.kind === "patterns") return "";
      if (policy.kind === "choice" || policy.kind === "boolean")
        return t("policies.default", { value: choice(String(policy.default)) });
      const { min, max } = policy;
      return t("policies.limits", { min, max, value: amount(policy.kind, policy.default) });
    },
  };
}
