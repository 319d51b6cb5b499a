import { clsx } from "clsx";
import type { ReactElement, ReactNode } from "react";
import { Icon, type IconName } from "./icons";

export type NoticeTone = "info" | "warn" | "danger";

const TONES: Readonly<Record<NoticeTone, { icon: IconName; look: string }>> = {
  info: { icon: "lock", look: "bg-tint text-ink" },
  warn: { icon: "alert", look: "bg-warn-tint text-warn" },
  danger: { icon: "alert", look: "bg-danger-tint text-danger" },
};

/** A sentence that stays until its cause is gone. Danger is announced as soon as it appears. */
export function Notice(props: {
  tone?: NoticeTone;
  icon?: IconName;
  className?: string;
  children: ReactNode;
}): ReactElement {
  const { tone = "info", icon, className, children } = props;
  return (
    <div
      role={tone === "danger" ? "alert" : undefined}
      className={clsx(
        "flex items-start gap-2.5 rounded-lg px-3.5 py-2.5 text-sm",
        TONES[tone].look,
        className,
      )}
    >
      <Icon name={icon ?? TONES[tone].icon} className="mt-0.5 size-4.5" />
      <div className="min-w-0 wrap-anywhere">{children}</div>
    </div>
  );
}
