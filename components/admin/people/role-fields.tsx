"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { SelectField } from "@/components/ui/select-field";
import { useI18n } from "@/lib/client/hooks/i18n";
import { ROLES, type Role } from "@/lib/protocol/roles";

/** One role for several people. */
export function RoleFields(props: { busy: boolean; onSubmit: (role: Role) => void }): ReactElement {
  const { t } = useI18n();
  const [role, setRole] = useState<Role>("member");
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit(role);
      }}
    >
      <SelectField
        label={t("people.role")}
        hint={t(`people.role.${role}Does`)}
        value={role}
        choices={ROLES.map((value) => ({ value, label: t(`people.role.${value}`) }))}
        onChange={setRole}
      />
      <Button type="submit" busy={props.busy} className="self-start">
        {t("people.saveRole")}
      </Button>
    </form>
  );
}
