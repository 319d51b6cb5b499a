import { useI18n } from "@/lib/client/hooks/i18n";
import type { MessageKey } from "@/lib/client/hooks/translate";
import type { PolicyView } from "@/lib/protocol/http/admin/policies";
import { POLICIES, type Policy } from "@/lib/protocol/policies";

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
      typeof value === "number" ? amount(POLICIES[key].kind, value) : choice(String(value)),
    limits: (policy: Policy): string =>
      policy.kind === "choice" || policy.kind === "boolean"
        ? t("policies.default", { value: choice(String(policy.default)) })
        : t("policies.limits", {
            min: policy.min,
            max: policy.max,
            value: amount(policy.kind, policy.default),
          }),
  };
}
