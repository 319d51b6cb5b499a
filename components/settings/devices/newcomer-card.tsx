"use client";

import type { ReactElement } from "react";
import { useSecondsLeft } from "@/components/linking/use-seconds-left";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { Newcomer } from "@/lib/client/model-account";

/** Who asks, as the server saw it. */
export function NewcomerCard({ newcomer }: { newcomer: Newcomer }): ReactElement {
  const { t } = useI18n();
  const left = useSecondsLeft(newcomer.expiresAt);
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-medium">{t("linking.asksTitle")}</h3>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 rounded-xl border border-line px-4 py-3">
        <dt className="text-soft">{t("linking.browser")}</dt>
        <dd className="font-medium wrap-anywhere">{newcomer.browser}</dd>
        <dt className="text-soft">{t("linking.address")}</dt>
        <dd className="font-medium wrap-anywhere">{newcomer.address}</dd>
      </dl>
      <p className="text-pretty text-soft">{t("linking.asks")}</p>
      <p className="text-faint text-sm tabular-nums">{t("linking.secondsLeft", { seconds: left })}</p>
    </section>
  );
}
