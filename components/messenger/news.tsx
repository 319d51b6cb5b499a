"use client";

import { type ReactElement, useEffect, useState } from "react";
import { sentenceOf } from "@/components/settings/activity/sentences";
import { Button } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { openSettings } from "@/lib/client/hooks/use-settings-route";
import type { JournalEntry } from "@/lib/client/model-account";
import { AttentionBar } from "./attention-bar";

/** What happened to the account elsewhere, until the person has seen it here. */
export function News(): ReactElement | null {
  const { t, locale } = useI18n();
  const { journal } = useAccount();
  const count = useMessengerState((state) => state.news);
  const online = useMessengerState((state) => state.connection === "online");
  const [news, setNews] = useState<readonly JournalEntry[]>([]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each of the server's hints, and each return, is a reason to ask.
  useEffect(() => {
    if (!online) return;
    let left = false;
    // What cannot be asked now is asked at the next hint or return.
    journal.notices().then(
      (found) => left || setNews(found),
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [journal, count, online]);

  const [newest, ...older] = news;
  if (!newest) return null;
  const close = (): void => {
    setNews([]);
    journal.seen(newest.id).catch(() => undefined);
  };
  const show = (section: string): void => {
    close();
    openSettings(section);
  };
  const time = formatTime(newest.at, locale, "moment");
  return (
    <AttentionBar
      icon="alert"
      title={newest.event === "sign-in" ? t("news.sign-in") : t(sentenceOf(newest))}
      body={
        <>
          {t("news.body", { browser: newest.browser, address: newest.address, time })}
          {older.length > 0 && ` ${t("news.more", { count: older.length })}`}
        </>
      }
    >
      <Button tone="quiet" onClick={close}>
        {t("news.mine")}
      </Button>
      <Button tone="secondary" onClick={() => show(older.length > 0 ? "activity" : "devices")}>
        {t(older.length > 0 ? "news.activity" : "news.devices")}
      </Button>
    </AttentionBar>
  );
}
