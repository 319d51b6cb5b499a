import type { ReactElement } from "react";
import { SelectField } from "@/components/ui/select-field";
import { useI18n } from "@/lib/client/hooks/i18n";

const PERIODS = [1, 7, 30, 90] as const;

/** How long an invitation is good for. */
export function DaysField(props: { value: number; onChange: (days: number) => void }): ReactElement {
  const { t } = useI18n();
  return (
    <SelectField
      {...props}
      label={t("serverInvitations.days")}
      choices={PERIODS.map((value) => ({
        value,
        label: t("serverInvitations.daysOf", { count: value }),
      }))}
    />
  );
}
