"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { useI18n } from "@/lib/client/hooks/i18n";

/** How many there are is typed out, so that nobody ends accounts by a slip. */
export function CountField(props: { count: number; busy: boolean; onSubmit: () => void }): ReactElement {
  const { count, busy, onSubmit } = props;
  const { t } = useI18n();
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  return (
    <form
      noValidate
      className="flex flex-col items-start gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const right = typed.trim() === String(count);
        setWrong(!right);
        if (right) onSubmit();
      }}
    >
      <div className="w-full">
        <TextField
          label={t("people.deleteCount", { number: count })}
          error={wrong ? t("people.deleteCountWrong", { number: count }) : undefined}
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <Button type="submit" tone="danger" icon="trash" busy={busy}>
        {t("people.deleteMany", { count })}
      </Button>
    </form>
  );
}
