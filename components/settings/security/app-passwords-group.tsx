"use client";

import { type ReactElement, useState } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { TextField } from "@/components/ui/field";
import { Icon } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatDate, formatTime } from "@/lib/client/hooks/time-format";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useAction } from "@/lib/client/hooks/use-action";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { AppPasswordStatus } from "@/lib/client/model-account";
import { APP_PASSWORD_NAME_CHARS, APP_PASSWORDS } from "@/lib/protocol/app-password";
import { AppPasswordSheet } from "./app-password-sheet";

type AppPassword = AppPasswordStatus["appPasswords"][number];

/** For those whom an administrator lets have any; the others are not bothered with it. */
export function AppPasswordsGroup(): ReactElement | null {
  const { t } = useI18n();
  const { credentials } = useAccount();
  const { value, reload } = useLoaded(credentials.appPasswords);
  if (!value?.allowed) return null;
  const { appPasswords } = value;
  return (
    <PanelGroup title={t("appPasswords.title")} intro={t("appPasswords.intro")}>
      {appPasswords.length > 0 && (
        <ul className="flex flex-col divide-y divide-line overflow-hidden rounded-xl border border-line bg-raised">
          {appPasswords.map((one) => (
            <Row key={one.id} appPassword={one} onChange={reload} />
          ))}
        </ul>
      )}
      {appPasswords.length < APP_PASSWORDS ? (
        <NewAppPassword onChange={reload} />
      ) : (
        <p className="text-soft text-sm">{t("appPasswords.full")}</p>
      )}
    </PanelGroup>
  );
}

function Row(props: { appPassword: AppPassword; onChange: () => void }): ReactElement {
  const { id, name, createdAt, lastUsedAt } = props.appPassword;
  const { t, locale } = useI18n();
  const errorText = useErrorText();
  const { credentials } = useAccount();
  const [asking, setAsking] = useState(false);
  const { run, busy, error } = useAction(async () => {
    setAsking(false);
    await credentials.removeAppPassword(id);
    props.onChange();
  });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3">
      <Icon name="key" className="size-5 text-soft" />
      <div className="min-w-40 flex-1">
        <p className="font-medium wrap-anywhere">
          <bdi>{name}</bdi>
        </p>
        <p className="text-soft text-sm">
          {lastUsedAt === null
            ? t("appPasswords.unused")
            : t("appPasswords.used", { time: formatTime(lastUsedAt, locale, "moment") })}
          {" · "}
          {t("appPasswords.made", { date: formatDate(createdAt, locale) })}
        </p>
      </div>
      <Button
        tone="quiet"
        busy={busy}
        aria-label={t("appPasswords.removeNamed", { name })}
        onClick={() => setAsking(true)}
        className="-me-3"
      >
        {t("appPasswords.remove")}
      </Button>
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("appPasswords.removeNamed", { name })}
        description={t("appPasswords.removeBody")}
        confirmLabel={t("appPasswords.remove")}
        cancelLabel={t("common.cancel")}
        closeLabel={t("common.close")}
        onConfirm={run}
      />
    </li>
  );
}

function NewAppPassword({ onChange }: { onChange: () => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const { credentials } = useAccount();
  const [name, setName] = useState("");
  const [made, setMade] = useState<string | null>(null);
  const { run, busy, error, clearError } = useGuardedAction(async () => {
    setMade(await credentials.makeAppPassword(name.trim()));
    setName("");
    onChange();
  });
  const misnamed = error !== null && errorCode(error) === "bad-request";
  return (
    <form
      noValidate
      className="flex max-w-md flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) run();
      }}
    >
      <TextField
        label={t("appPasswords.name")}
        hint={t("appPasswords.nameHint")}
        error={misnamed ? t("appPasswords.nameShape") : undefined}
        name="app-password-name"
        autoComplete="off"
        dir="auto"
        maxLength={APP_PASSWORD_NAME_CHARS}
        value={name}
        onChange={(event) => {
          setName(event.target.value);
          clearError();
        }}
      />
      {error !== null && !misnamed && <Notice tone="danger">{errorText(error)}</Notice>}
      <Button type="submit" tone="secondary" busy={busy} disabled={!name.trim()} className="self-start">
        {t("appPasswords.make")}
      </Button>
      {made !== null && <AppPasswordSheet appPassword={made} onDone={() => setMade(null)} />}
    </form>
  );
}
