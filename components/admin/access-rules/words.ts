import { useI18n } from "@/lib/client/hooks/i18n";
import type { AccessRule } from "@/lib/protocol/access-rules";

/** A rule in a sentence: what it does, where, and to whom. */
export function useRuleSentence(): (rule: AccessRule) => string {
  const { t } = useI18n();
  return ({ effect, place, by, patterns }) => {
    const whom =
      by === "everybody"
        ? t("accessRules.whom.everybody")
        : t(`accessRules.whom.${by}`, { patterns: patterns.replaceAll(" ", ", ") });
    return t(`accessRules.says.${effect}.${place}`, { whom });
  };
}
