import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";

/** One thing the person has left to do, and the choice to leave it for later. */
export function ReminderCard(props: {
  title: string;
  body: string;
  doLabel: string;
  onDo: () => void;
  onLater: () => void;
}): ReactElement {
  const { t } = useI18n();
  return (
    <section className="m-3 mt-1 flex animate-fade flex-col gap-1 rounded-xl border border-line bg-raised p-3.5">
      <h2 className="font-semibold">{props.title}</h2>
      <p className="text-pretty text-sm text-soft">{props.body}</p>
      <div className="flex flex-wrap gap-1.5 pt-2">
        <Button tone="secondary" onClick={props.onDo}>
          {props.doLabel}
        </Button>
        <Button tone="quiet" onClick={props.onLater}>
          {t("reminder.later")}
        </Button>
      </div>
    </section>
  );
}
