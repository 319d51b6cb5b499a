"use client";

import type { ReactElement } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Icon } from "@/components/ui/icons";
import { useI18n } from "@/lib/client/hooks/i18n";
import { personName } from "@/lib/client/hooks/person-name";
import { formatTime } from "@/lib/client/hooks/time-format";
import type { ReportedMessage } from "@/lib/client/model-reports";

/** A message that somebody showed, and whether it is its sender's. As typed: nothing in it can be followed. */
export function ReportedWords({ message }: { message: ReportedMessage }): ReactElement {
  const { t, locale } = useI18n();
  const { sender, words, proof } = message;
  const name = personName(sender, t);
  const [newest, ...earlier] = words.toReversed();
  const proven = proof === "proven";
  return (
    <article className="flex gap-3">
      <Avatar person={sender} className="size-8 text-xs" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <bdi className="min-w-0 font-semibold wrap-anywhere">{name}</bdi>
          {newest && (
            <time dateTime={new Date(newest.at).toISOString()} className="text-faint text-xs">
              {formatTime(newest.at, locale, "moment")}
            </time>
          )}
        </p>
        <p dir="auto" className="max-h-72 overflow-y-auto whitespace-pre-wrap wrap-anywhere">
          {newest ? newest.text : <i className="text-faint">{t("reports.wordless")}</i>}
        </p>
        {earlier.length > 0 && (
          <details className="text-sm">
            <summary className="target flex w-fit cursor-pointer items-center gap-1.5 text-soft">
              <Icon name="chevronDown" className="size-4" />
              {t("reports.earlier")}
            </summary>
            {earlier.map(({ text, at }) => (
              <p
                key={at}
                dir="auto"
                className="border-line border-s-2 ps-2.5 whitespace-pre-wrap wrap-anywhere"
              >
                {text}
              </p>
            ))}
          </details>
        )}
        <p className={`flex items-start gap-1.5 text-sm ${proven ? "text-soft" : "text-danger"}`}>
          <Icon name={proven ? "shield" : "alert"} className="mt-0.5 size-4" />
          <span className="min-w-0 wrap-anywhere">{t(`proof.${proof}`, { name: isolated(name) })}</span>
        </p>
      </div>
    </article>
  );
}

/** Names are written in any direction, and must not turn the sentence around them. */
function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
