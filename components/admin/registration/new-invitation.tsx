"use client";

import { type ReactElement, useState } from "react";
import { OnceLink } from "@/components/admin/once-link";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { useInvitationCalls } from "@/lib/client/hooks/admin/invitations";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useFocusWrong } from "@/lib/client/hooks/use-focus-wrong";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import { INVITATION_USES } from "@/lib/protocol/http/admin/invitations";
import { LIMITS } from "@/lib/protocol/limits";
import { ROLES, type Role } from "@/lib/protocol/roles";
import { DaysField } from "./days-field";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onMade: () => void;
}

/** Makes one link, and shows it once. */
export function NewInvitation({ open, onOpenChange, onMade }: DialogProps): ReactElement {
  const { t } = useI18n();
  const [link, setLink] = useState<string | null>(null);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setLink(null);
        onOpenChange(next);
      }}
      title={t("serverInvitations.new")}
      closeLabel={t("common.close")}
    >
      <div className="overflow-y-auto p-5">
        {link === null ? (
          <InvitationForm
            onMade={(made) => {
              setLink(made);
              onMade();
            }}
          />
        ) : (
          <div className="flex flex-col gap-4">
            <OnceLink
              link={link}
              label={t("serverInvitations.link")}
              notice={t("serverInvitations.made")}
              copyLabel={t("serverInvitations.copy")}
              copiedLabel={t("serverInvitations.copied")}
            />
            <Button tone="quiet" className="self-start" onClick={() => setLink(null)}>
              {t("serverInvitations.another")}
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}

function InvitationForm({ onMade }: { onMade: (link: string) => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const calls = useInvitationCalls();
  const [role, setRole] = useState<Role>("member");
  const [typedUses, setUses] = useState("1");
  const [days, setDays] = useState(7);
  const [note, setNote] = useState("");
  const [refused, setRefused] = useState(0);
  const { run, busy, error } = useGuardedAction(async () => {
    const form = { role, uses: role === "member" ? Number(typedUses) : 1, days, note: note.trim() };
    onMade(await calls.create(form));
  });
  const { min, max } = INVITATION_USES;
  const isWrong =
    role === "member" &&
    !(/^\s*\d+\s*$/.test(typedUses) && Number(typedUses) >= min && Number(typedUses) <= max);
  return (
    <form
      noValidate
      ref={useFocusWrong(refused)}
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWrong) setRefused(refused + 1);
        else run();
      }}
    >
      <SelectField
        label={t("serverInvitations.role")}
        hint={t(role === "member" ? "people.role.memberDoes" : "serverInvitations.roleOnce")}
        value={role}
        choices={ROLES.map((value) => ({ value, label: t(`people.role.${value}`) }))}
        onChange={setRole}
      />
      {role === "member" && (
        <TextField
          label={t("serverInvitations.uses")}
          error={refused > 0 && isWrong ? t("serverInvitations.usesRange", { min, max }) : undefined}
          inputMode="numeric"
          autoComplete="off"
          className="max-w-40"
          value={typedUses}
          onChange={(event) => setUses(event.target.value)}
        />
      )}
      <DaysField value={days} onChange={setDays} />
      <TextField
        label={t("serverInvitations.note")}
        hint={t("serverInvitations.noteHint")}
        dir="auto"
        autoComplete="off"
        maxLength={LIMITS.invitationNoteChars}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <Button type="submit" busy={busy} className="self-start">
        {t("serverInvitations.make")}
      </Button>
    </form>
  );
}
